# Production image: dist/ and its production dependencies, nothing else. Runs as a user without rights on a read-only
# root file system; the one place it writes is the volume that holds the database.
#   docker run --read-only -v gateway-data:/app/data -p 3000:3000 --env-file .env business-events-gateway

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY tools/build.mjs tools/
COPY src src/
RUN npm run build

FROM node:24-slim AS production
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
RUN mkdir data

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=production /app/package.json ./
COPY --from=production /app/node_modules node_modules/
COPY --from=build /app/dist dist/
COPY --from=production --chown=node:node /app/data data/
USER node
VOLUME /app/data
EXPOSE 3000
# Liveness only: while Dataverse is away the gateway goes on accepting, and must not be restarted for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "dist/cli.js", "health"]
CMD ["node", "dist/main.js"]

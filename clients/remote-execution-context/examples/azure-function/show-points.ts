import { LoyaltyPoints } from './loyalty-points.js';

const points = new LoyaltyPoints(process.env.POINTS_FILE ?? 'points.db');
for (const { customer, points: balance } of points.balances()) process.stdout.write(`${customer} ${balance}\n`);
for (const eventId of points.incomplete()) process.stdout.write(`incomplete ${eventId}\n`);
points.close();

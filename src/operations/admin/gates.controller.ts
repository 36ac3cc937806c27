import { Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Roles } from '../../access/access-rule.js';
import { principalOf } from '../../access/principal-of.js';
import { Gates } from '../../delivery/gates.js';
import { ApiProblems } from '../../http/api-problems.js';
import { ProblemError } from '../../http/problem.error.js';
import { readBody } from '../../http/read-body.js';
import { readQuery } from '../../http/read-query.js';
import { Clock } from '../../kernel/clock.js';
import { objectOf } from '../../kernel/json-reader.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import {
  GateChangeRequest,
  GateListResource,
  GateProbeRequest,
  GateResource,
  gateResourceOf,
} from './gate.resource.js';
import { readGateChange } from './gate-change.js';
import { KnownGates } from './known-gates.js';
import { readReason } from './reason.js';

const GATE_NAME = {
  name: 'name',
  description: '`user:<client id>`, `type:<event type>`, or `user:<client id>+type:<event type>`.',
  example: 'type:CustomerPurchase',
};

const PROBLEMS = [
  'unauthenticated',
  'forbidden',
  'not-found',
  'unsupported-media-type',
  'storage-unavailable',
  'storage-unknown',
] as const;

/** A parameter that has no meaning here is a mistake of the caller. */
const readNothing = objectOf({});

const readProbe = objectOf({ reason: readReason });

/** What keeps events back, and how operators control it. */
@ApiTags('Operators')
@Controller('v1/gates')
@Roles('operator')
export class GatesController {
  constructor(
    private readonly gates: Gates,
    private readonly known: KnownGates,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listGates',
    summary: 'List the gates',
    description: 'Of every application user and every event type; of pairs those that ever closed.',
  })
  @ApiOkResponse({ type: GateListResource, description: 'The gates.' })
  @ApiProblems('invalid-parameter', 'unauthenticated', 'forbidden', 'storage-unavailable')
  async list(@Query() query: unknown): Promise<GateListResource> {
    readQuery(query, readNothing);
    await this.gates.refresh(0);
    const names = new Set([...this.known.names, ...this.gates.list().map(({ name }) => name)]);
    return { gates: [...names].sort().map((name) => this.resourceOf(this.gates.find(name))) };
  }

  @Put(':name')
  @ApiOperation({
    operationId: 'changeGate',
    summary: 'Pause a gate, or let it go on',
    description:
      'A pause has no end of its own; calls under way end. Lifting it lifts nothing else: what is throttled stays so. ' +
      'Pausing again keeps the first beginning; whose pause was replaced or lifted, and why, stands in the audit.',
  })
  @ApiParam(GATE_NAME)
  @ApiBody({
    type: GateChangeRequest,
    required: true,
    examples: {
      pause: { summary: 'Pause it', value: { paused: true, reason: 'Dataverse is being upgraded.' } },
      resume: { summary: 'Let it go on', value: { paused: false } },
    },
  })
  @ApiOkResponse({ type: GateResource, description: 'The gate as it stands now.' })
  @ApiProblems('malformed-json', 'invalid-request', ...PROBLEMS)
  async change(@Param('name') name: string, @Req() request: FastifyRequest): Promise<GateResource> {
    const { paused, reason } = readBody(request, readGateChange);
    await this.requireKnown(name);
    const by = principalOf(request).client;
    const gate = paused ? this.gates.pause(name, { by, reason }) : this.gates.resume(name, { by, reason });
    return this.resourceOf(await gate);
  }

  @Post(':name/probe')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'probeGate',
    summary: 'Probe a gate now',
    description:
      'A closed gate lets one event pass now instead of at its time; one that is closed as `drift` has what is deployed ' +
      'verified, and probes if it fits or if nobody can read it. One that is open, paused, or closed as `throttled` ' +
      'stays as it is: the answer shows it unchanged, and nothing stands in the audit. Retry-After is kept.',
  })
  @ApiParam(GATE_NAME)
  @ApiBody({
    type: GateProbeRequest,
    required: false,
    examples: { probe: { summary: 'With a reason', value: { reason: 'The custom API is published.' } } },
  })
  @ApiOkResponse({ type: GateResource, description: 'The gate as it stands now.' })
  @ApiProblems('malformed-json', 'invalid-request', ...PROBLEMS)
  async probe(@Param('name') name: string, @Req() request: FastifyRequest): Promise<GateResource> {
    const { reason = null } = readBody(request, readProbe);
    await this.requireKnown(name);
    return this.resourceOf(await this.gates.probeNow(name, { by: principalOf(request).client, reason }));
  }

  /** A gate with a record can be changed although its type is gone: its events still wait. */
  private async requireKnown(name: string): Promise<void> {
    await this.gates.refresh(0);
    if (this.known.has(name) || this.gates.list().some((gate) => gate.name === name)) return;
    throw new ProblemError('not-found', 'There is no such gate.');
  }

  private resourceOf(gate: GateRecord): GateResource {
    return gateResourceOf(gate, this.clock.now());
  }
}

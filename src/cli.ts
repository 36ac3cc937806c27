#!/usr/bin/env node
import 'reflect-metadata';
import { requireRuntime } from './kernel/require-runtime.js';

requireRuntime();
const { COMMANDS } = await import('./cli/commands.js');
const { processContext } = await import('./cli/process-context.js');
const { runCommandLine } = await import('./cli/run-command-line.js');
process.exit(await runCommandLine(COMMANDS, process.argv.slice(2), processContext()));

import { apply } from './apply.js';
import { check } from './check.js';
import type { Command } from './command.js';
import { emulator } from './emulator.js';
import { events } from './events.js';
import { exportCommand } from './export.js';
import { plan } from './plan.js';
import { users } from './users.js';

/** All commands, in the order in which somebody meets them. */
export const commands: readonly Command[] = [check, users, events, exportCommand, plan, apply, emulator];

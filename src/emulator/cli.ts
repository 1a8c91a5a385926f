#!/usr/bin/env node
import { startEmulator } from './start-emulator.js';

const emulator = await startEmulator({ port: 8077 });
console.log(emulator.url);

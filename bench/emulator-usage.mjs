/**
 * Loaded into the emulator's command by `emulator.mjs`: answers every message with the memory in use, in bytes, and the
 * processor time so far, in milliseconds. The command ends when whoever asks is gone.
 */
process.on('message', () => {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send({ heapBytes: process.memoryUsage().heapUsed, cpuMs: (user + system) / 1_000 });
});
process.on('disconnect', () => process.exit());

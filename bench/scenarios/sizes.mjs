import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/** Bytes of both builds: minified, gzip at 9, brotli at 11. Not a matter of chance, so one round. */
export const sizes = {
  name: 'sizes',
  rounds: 1,
  /**
   * @param {import('../lab.mjs').Lab} _lab
   * @param {import('../clients.mjs').BenchClient} client
   */
  async measure(_lab, { builds }) {
    const figures = {};
    for (const [build, text] of Object.entries(builds)) {
      const code = Buffer.from(text);
      figures[`${build}MinBytes`] = code.length;
      figures[`${build}GzipBytes`] = gzipSync(code, { level: 9 }).length;
      figures[`${build}BrotliBytes`] = brotliCompressSync(code, BROTLI).length;
    }
    return figures;
  },
};

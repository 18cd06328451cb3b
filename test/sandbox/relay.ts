import type { Socket } from 'node:net';

/**
 * Forwards everything between two sockets, each part `delayMs` after its arrival and in order: bytes, half-closes,
 * resets and closes. Parts wait in parallel, so the delay costs no throughput. Both sockets need `allowHalfOpen`.
 */
export function relay(one: Socket, other: Socket, delayMs = 0): void {
  forward(one, other, delayMs);
  forward(other, one, delayMs);
}

function forward(from: Socket, to: Socket, delayMs: number): void {
  const parts: { due: number; pass: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function passDue(): void {
    timer = undefined;
    for (let part = parts[0]; part !== undefined; part = parts[0]) {
      // Timers may fire slightly early, but no part may arrive early.
      const waitMs = part.due - performance.now();
      if (waitMs > 0) {
        timer = setTimeout(passDue, Math.ceil(waitMs));
        return;
      }
      parts.shift();
      part.pass();
    }
  }

  function later(pass: () => void): void {
    parts.push({ due: performance.now() + delayMs, pass });
    if (timer === undefined) {
      passDue();
    }
  }

  from.on('data', (chunk: Buffer) => {
    later(() => {
      if (!to.write(chunk)) {
        from.pause();
      }
    });
  });
  from.on('end', () => later(() => to.end()));
  from.on('error', () => later(() => to.resetAndDestroy()));
  from.on('close', () => {
    if (!from.readableEnded) {
      later(() => to.destroy());
    }
  });
  to.on('drain', () => from.resume());
  to.on('close', () => {
    clearTimeout(timer);
    parts.length = 0;
  });
}

// Loaded into the server before it starts: measures, in its own process, what requests cost.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { threadId } from 'node:worker_threads';

const tick = 5;
let marks;

function begin() {
  marks = { cpu: process.cpuUsage(), held: 0, rss: process.memoryUsage.rss() };
}

/** Milliseconds that the thread of the event loop has worked; where the system does not tell, those of all threads. */
function worked() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return milliseconds(process.cpuUsage());
  }
}

const milliseconds = ({ user, system }) => (user + system) / 1000;

if (threadId === 0 && process.send) {
  begin();
  // The work done between two turns of a timer is work during which nobody else was served. Time on the clock would count
  // what other programs of this machine do.
  let last = worked();
  setInterval(() => {
    const now = worked();
    const held = now - last;
    last = now;
    marks.held = Math.max(marks.held, held);
    marks.rss = Math.max(marks.rss, process.memoryUsage.rss());
  }, tick).unref();
  process.on('message', (what) => {
    if (what === 'begin') begin();
    process.send({ cpu: milliseconds(process.cpuUsage(marks.cpu)), held: marks.held, rss: marks.rss / 1024 / 1024 });
  });
  process.channel.unref();
}

import type { EpochMs } from '../../../src/kernel/clock.js';
import { until } from '../../support/until.js';
import { ShiftedClock } from './gateway-side.js';
import type { Answering } from './hostile-cloud.js';

/** A clock that knows when the head of an answer has been read: an HttpClient looks at the time then. */
export class HeadClock extends ShiftedClock {
  private looks = 0;
  private looksBefore = Number.POSITIVE_INFINITY;

  override now(): EpochMs {
    this.looks += 1;
    return super.now();
  }

  /** Answers in this way; `headRead` is about that answer. */
  answering(answering: Answering): Answering {
    return (response, request) => {
      this.looksBefore = this.looks;
      answering(response, request);
    };
  }

  headRead(): Promise<void> {
    return until(() => this.looks > this.looksBefore);
  }
}

import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

/** Reads `rate(5 minutes)`; the configuration admits minutes and hours only. */
export function interval(rate: string): Duration {
  const amount = Number.parseInt(rate.slice('rate('.length), 10);
  return rate.includes('hour') ? Duration.hours(amount) : Duration.minutes(amount);
}

/**
 * When the auditor at this place of several starts, so that their starts spread over the interval and they do not ask
 * the API of the account all at once. An interval that does not divide the hour or the day cannot be told as cron; there
 * they start at the time of their deployment.
 */
export function timetable(every: Duration, { place, of }: { place: number; of: number }): ScheduleExpression {
  const minutes = every.toMinutes();
  const offset = Math.floor((minutes * place) / of);
  if (of > 1 && minutes > 1 && minutes <= 60 && 60 % minutes === 0) {
    return ScheduleExpression.cron({ minute: minutes === 60 ? String(offset) : `${offset}/${minutes}` });
  }
  if (of > 1 && minutes > 60 && 1440 % minutes === 0) {
    const hours = minutes / 60;
    const hour = Math.floor(offset / 60);
    return ScheduleExpression.cron({
      minute: String(offset % 60),
      hour: hours === 24 ? String(hour) : `${hour}/${hours}`,
    });
  }
  return ScheduleExpression.rate(every);
}

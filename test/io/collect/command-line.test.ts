import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../core/redaction/clean.ts';
import { cleanLines, plainValue, redactArguments } from '../../../io/collect/command-line.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhdWRpdG9yIn0.c2lnbmF0dXJlLW9mLXRoaXM';
const password = 'hunter2-Correct';

describe('secrets are blanked out, the words around them stay', () => {
  test.each([
    [`Authorization: Bearer ${jwt}`, 'Authorization: [redacted]'],
    ['sent bearer AbCdEf0123456789AbCdEf to upstream', 'sent bearer [redacted] to upstream'],
    [`claims of ${jwt} expired`, 'claims of [redacted] expired'],
    ['key AKIAIOSFODNN7EXAMPLE is not valid', 'key [redacted] is not valid'],
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = [redacted]'],
    [`user=checkout password=${password} host=db`, 'user=checkout password=[redacted] host=db'],
    [`{"password":"${password}","user":"a"}`, '{"password":[redacted],"user":"a"}'],
    [`{\\"apiKey\\":\\"${password}\\"}`, '{\\"apiKey\\":[redacted]}'],
    [`DB_PASSWORD: '${password} with space'`, 'DB_PASSWORD: [redacted]'],
    ['client_secret=abc&grant_type=code', 'client_secret=[redacted]&grant_type=code'],
    ['token => 0123abcd', 'token => [redacted]'],
    [`mysqld --user=app --password ${password} --port 3306`, 'mysqld --user=app --password [redacted] --port 3306'],
    [
      `dial postgres://app:${password}@db.internal:5432/shop failed`,
      'dial postgres://[redacted]@db.internal:5432/shop failed',
    ],
    [`redis://:${password}@cache:6379`, 'redis://[redacted]@cache:6379'],
    ['https://hooks.slack.com/services/T000/B000/XXXXXXXX returned 404', '[redacted] returned 404'],
    ['Server=db;User Id=app;Password=a.b;Encrypt=true', 'Server=db;User Id=app;Password=[redacted];Encrypt=true'],
    ['AccountName=logs;AccountKey=Zm9vYmFy==;Suffix=core', 'AccountName=logs;AccountKey=[redacted];Suffix=core'],
    [
      'GET https://s3.amazonaws.com/b/k?X-Amz-Security-Token=IQoJb3&X-Amz-Signature=deadbeef&x-id=GetObject',
      'GET https://s3.amazonaws.com/b/k?X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted]&x-id=GetObject',
    ],
    ['Set-Cookie: session=abc; HttpOnly', 'Set-Cookie: [redacted]'],
    ['token k8s-aws-v1.aHR0cHM6Ly9zdHMuZXUtd2VzdC0x used', 'token [redacted] used'],
    ['login with ghp_0123456789abcdefghijABCDEFGHIJ012345', 'login with [redacted]'],
  ])('%s', (line, expected) => {
    expect(cleanText(line)).toBe(expected);
    expect(cleanText(expected)).toBe(expected);
  });

  test('a private key is blanked out over all of its lines', () => {
    const key = [
      'loaded',
      '-----BEGIN RSA PRIVATE KEY-----',
      'MIIEow',
      'IBAAKC',
      '-----END RSA PRIVATE KEY-----',
      'ready',
    ];
    expect(cleanLines(key)).toEqual(['loaded', '[redacted]', 'ready']);
    expect(cleanLines(key.slice(0, 4))).toEqual(['loaded', '[redacted]']);
  });
});

describe('what only looks like a secret stays', () => {
  test.each([
    'token expired, login again',
    'max_tokens=4096 temperature=0.2',
    'the bearer of this message',
    'Basic authentication failed for user app',
    'GET http://10.0.0.7:8080/ready 503',
    'connect orders-db.internal:5432: connection refused',
    'mail to admin@example.com failed',
    'commit 3f786850e387550fdab836ed7e6dc881de23001b',
    'secretName: shop-tls',
    'passed=12 failed=0',
    'bypass: true',
    'open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory',
    "couldn't find key password in Secret web/app",
    '-----BEGIN CERTIFICATE-----',
    'MountVolume.SetUp failed for volume "token": secret "app" not found',
  ])('%s', (line) => {
    expect(cleanText(line)).toBe(line);
  });
});

describe('command lines', () => {
  test('the word after a secret flag is blanked out', () => {
    expect(redactArguments(['serve', '--db-password', password, '--port', '8080', `--token=${password}`])).toEqual([
      'serve',
      '--db-password',
      '[redacted]',
      '--port',
      '8080',
      '--token=[redacted]',
    ]);
  });

  test.each([
    [
      ['/usr/bin/mysqldump', `-p${password}`, 'shop'],
      ['/usr/bin/mysqldump', '-p[redacted]', 'shop'],
    ],
    [
      ['mysql', '-u', 'app', '-p', password],
      ['mysql', '-u', 'app', '-p', '[redacted]'],
    ],
    [
      ['redis-cli', '-h', 'cache', '-a', 'letmein'],
      ['redis-cli', '-h', 'cache', '-a', '[redacted]'],
    ],
    [
      ['curl', '-u', `app:${password}`, 'http://api'],
      ['curl', '-u', 'app:[redacted]', 'http://api'],
    ],
    [
      ['nginx', '-p', '8080'],
      ['nginx', '-p', '8080'],
    ],
    [
      ['sleep', '3600'],
      ['sleep', '3600'],
    ],
  ])('%j', (words, expected) => {
    expect(redactArguments(words)).toEqual(expected);
  });
});

describe('variables', () => {
  test.each([
    ['PORT', '8080'],
    ['BIND_ADDRESS', '127.0.0.1'],
    ['AWS_VPC_K8S_CNI_EXTERNALSNAT', 'false'],
    ['UPSTREAM_URL', 'http://orders.web.svc:8080/ready'],
    ['KEYSPACE', 'shop'],
  ])('%s=%s is plain', (name, value) => {
    expect(plainValue(name, value)).toBe(value);
  });

  test.each([
    ['DB_PASSWORD', 'x'],
    ['API_KEY', 'x'],
    ['GITHUB_TOKEN', 'x'],
    ['SENTRY_DSN', 'https://x@sentry.io/1'],
    ['SLACK_WEBHOOK', 'x'],
    ['SESSION', 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg'],
  ])('%s has a value that is not kept', (name, value) => {
    expect(plainValue(name, value)).toBeUndefined();
  });
});

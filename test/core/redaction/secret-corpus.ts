/** Secrets of no one, put together here so that nothing that looks like one stands in a file. */
export interface SecretCase {
  kind: string;
  text: string;
  /** What may not be left of it. */
  secret: string;
}

const alphabets = {
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  mixed: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
};
let state = 14;
const random = (): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};
const run = (length: number, alphabet: keyof typeof alphabets = 'mixed'): string =>
  Array.from({ length }, () => alphabets[alphabet][Math.floor(random() * alphabets[alphabet].length)]).join('');
const p = (...parts: string[]): string => parts.join('');

const tokens: Record<string, () => string> = {
  openai: () => p('sk', '-', run(48)),
  'openai project': () => p('sk', '-proj-', run(60)),
  anthropic: () => p('sk', '-ant-api03-', run(90)),
  sendgrid: () => p('SG', '.', run(22), '.', run(43)),
  pypi: () => p('py', 'pi-', 'AgEIcHlwaS5vcmc', run(60)),
  huggingface: () => p('h', 'f_', run(34)),
  gcp: () => p('AI', 'za', run(35)),
  'gcp oauth secret': () => p('GOC', 'SPX-', run(28)),
  'gcp oauth': () => p('ya', '29.', run(60)),
  vault: () => p('hv', 's.', run(24)),
  'vault batch': () => p('hv', 'b.', run(100)),
  digitalocean: () => p('do', 'p_v1_', run(64, 'hex')),
  databricks: () => p('da', 'pi', run(32, 'hex')),
  'gitlab ci': () => p('gl', 'cbt-64_', run(20)),
  gitlab: () => p('gl', 'pat-', run(20)),
  'gitlab runner': () => p('gl', 'rt-', run(20)),
  'stripe webhook': () => p('wh', 'sec_', run(32)),
  stripe: () => p('sk', '_live_', run(24)),
  'stripe restricted': () => p('rk', '_live_', run(24)),
  grafana: () => p('gl', 'sa_', run(32), '_', run(8, 'hex')),
  'grafana cloud': () => p('gl', 'c_', run(60)),
  docker: () => p('dc', 'kr_pat_', run(27)),
  atlassian: () => p('AT', 'ATT3xFfGF0', run(60)),
  bitbucket: () => p('AT', 'BB', run(32)),
  github: () => p('gh', 'p_', run(36)),
  'github app': () => p('gh', 's_', run(36)),
  'github fine': () => p('github', '_pat_', run(22), '_', run(59)),
  npm: () => p('np', 'm_', run(36)),
  rubygems: () => p('ruby', 'gems_', run(48, 'hex')),
  'slack bot': () => p('xo', 'xb-', '123456789012-1234567890123-', run(24)),
  'slack app': () => p('xa', 'pp-1-A0123456789-', run(64, 'hex')),
  'aws key': () => p('AK', 'IA', run(16, 'upper')),
  'aws temporary key': () => p('AS', 'IA', run(16, 'upper')),
  'aws pair': () => p('AK', 'IA', run(16, 'upper'), ':', run(40, 'base64')),
  'aws eks': () => p('k8s', '-aws-v1.', run(60)),
  'aws bedrock': () => p('AB', 'SK', run(80)),
  jwt: () => p('ey', 'JhbGciOiJSUzI1NiJ9', '.ey', run(60), '.', run(80)),
  newrelic: () => p('NR', 'AK-', run(27, 'upper')),
  linear: () => p('lin', '_api_', run(40)),
  figma: () => p('fi', 'gd_', run(40)),
  notion: () => p('nt', 'n_', run(46)),
  posthog: () => p('ph', 'c_', run(43)),
  sentry: () => p('snt', 'rys_', run(60)),
  doppler: () => p('dp', '.pt.', run(43)),
  planetscale: () => p('psc', 'ale_tkn_', run(43)),
  pulumi: () => p('pu', 'l-', run(40, 'hex')),
  supabase: () => p('sb', 'p_', run(40, 'hex')),
  postman: () => p('PM', 'AK-', run(24, 'hex'), '-', run(34, 'hex')),
  shopify: () => p('sh', 'pat_', run(32, 'hex')),
  square: () => p('sq', '0csp-', run(43)),
  facebook: () => p('EA', 'ACEdEose0cBA', run(60)),
  dynatrace: () => p('dt', '0c01.', run(24, 'upper'), '.', run(64, 'upper')),
  circleci: () => p('CC', 'IPAT_', run(22), '_', run(40, 'hex')),
  buildkite: () => p('bk', 'ua_', run(40, 'hex')),
  sonar: () => p('sq', 'p_', run(40, 'hex')),
  tailscale: () => p('ts', 'key-auth-', run(16), '-', run(32)),
  age: () => p('AGE', '-SECRET-KEY-1', run(58, 'upper')),
  clojars: () => p('CLO', 'JARS_', run(60, 'hex')),
  alibaba: () => p('LT', 'AI', run(20)),
  telegram: () => p('123456789', ':AA', run(33)),
  twilio: () => p('S', 'K', run(32, 'hex')),
  mailgun: () => p('ke', 'y-', run(32, 'hex')),
  brevo: () => p('xk', 'eysib-', run(64, 'hex'), '-', run(16)),
  replicate: () => p('r', '8_', run(37)),
  groq: () => p('gs', 'k_', run(52)),
  perplexity: () => p('pp', 'lx-', run(48)),
  xai: () => p('xa', 'i-', run(80)),
  terraform: () => p(run(14), '.atl', 'asv1.', run(60)),
  openshift: () => p('sha', '256~', run(43)),
  airtable: () => p('pa', 't', run(14), '.', run(64, 'hex')),
  'azure client secret': () => p(run(3), '8Q', '~', run(34)),
  pinecone: () => p('pc', 'sk_', run(60)),
  contentful: () => p('CF', 'PAT-', run(43)),
  vercel: () => p('vc', 'p_', run(56)),
  neon: () => p('na', 'pi_', run(64, 'lower')),
  bcrypt: () => p('$2', 'b$12$', run(53)),
  'crypt sha512': () => p('$6', '$rounds=5000$', run(12), '$', run(86)),
  'slack webhook': () => p('https://hooks.', 'slack.com/services/T01234567/B01234567/', run(24)),
  'teams webhook': () => p('https://acme.webhook.', 'office.com/webhookb2/', run(40)),
  'discord webhook': () => p('https://discord.', 'com/api/webhooks/123456789012345678/', run(68)),
  'random base64': () => run(44, 'base64'),
  '64 hex': () => run(64, 'hex'),
};

const contexts: ((secret: string) => string)[] = [
  (secret) => `level=info msg="using ${secret} for upstream"`,
  (secret) => `request failed: ${secret} was refused`,
  (secret) => `X_CONFIG=${secret}`,
];

const word = (): string => `${run(5)}7x!${run(3)}`;
const structures: Record<string, ((secret: string) => string)[]> = {
  'KEY=value': [
    'DB_PASSWORD',
    'SMTP_PW',
    'SECRET_KEY_BASE',
    'auth',
    'JSESSIONID',
    'MYSQL_ROOT_PASSWORD',
    'api_key',
    'CLIENT_SECRET',
    'POSTGRES_PASS',
    'REDIS_AUTH',
    'GITHUB_TOKEN',
    'ENCRYPTION_KEY',
    'passphrase',
    'RABBITMQ_DEFAULT_PASS',
    'access_token',
    'refreshToken',
    'session_id',
    'LDAP_BIND_PASSWORD',
    'JWT_SECRET',
    'APP_KEY',
  ].map((name) => (secret: string) => `${name}=${secret}`),
  YAML: ['password', 'dbPassword', 'client-secret', 'apiKey', 'spring.datasource.password', 'auth-token'].map(
    (name) => (secret: string) => `  ${name}: ${secret}`,
  ),
  'YAML quoted': ['password', 'secretKey', 'sasl.password'].map((name) => (secret: string) => `${name}: "${secret}"`),
  JSON: ['password', 'client_secret', 'accessToken', 'privateKey'].map(
    (name) => (secret: string) => `{"user":"app","${name}":"${secret}","port":1}`,
  ),
  'JSON in a string': ['password', 'apiKey'].map((name) => (secret: string) => `"{\\"${name}\\":\\"${secret}\\"}"`),
  'name and value': [
    (secret) => `{name: DB_PASSWORD, value: ${secret}}`,
    (secret) => `- name: API_TOKEN\n  value: ${secret}`,
    (secret) => `{"name":"DB_PASSWORD","value":"${secret}"}`,
    (secret) => `{"value":"${secret}","name":"DB_PASSWORD"}`,
    (secret) => `<add key="SmtpPassword" value="${secret}"/>`,
  ],
  flag: [
    (secret) => `serve --password ${secret} --port 80`,
    (secret) => `serve --api-key=${secret}`,
    (secret) => `app --dsn ${secret}`,
    (secret) => `app --db.password ${secret}`,
    (secret) => `java -Dspring.datasource.password=${secret} -jar a.jar`,
  ],
  '-p': [
    (secret) => `mysql -u root -p ${secret} shop`,
    (secret) => `mysqldump -h db -p${secret} shop`,
    (secret) => `docker login -u ci -p ${secret} registry.example`,
    (secret) => `sshpass -p ${secret} ssh host`,
    (secret) => `redis-cli -h cache -a ${secret} ping`,
  ],
  '-u a:b': [(secret) => `curl -u admin:${secret} http://api`, (secret) => `curl --user=admin:${secret} http://api`],
  DSN: ['postgres', 'mysql', 'mongodb+srv', 'amqp', 'redis', 'https', 'ftp', 'kafka', 'ldap', 'clickhouse'].map(
    (scheme) => (secret: string) => `dial ${scheme}://app:${secret}@db.internal:5432/shop failed`,
  ),
  'DSN with odd characters': ['a/b', 'a#b', 'a?b', 'a@b', 'a:b', 'a%b'].map(
    (odd) => (secret: string) => `postgres://app:${secret}${odd}@db.internal:5432/shop`,
  ),
  'DSN without scheme': [
    (secret) => `app:${secret}@tcp(db:3306)/shop`,
    (secret) => `connect app:${secret}@db.internal:5432/shop`,
    (secret) => `scott/${secret}@//db:1521/x`,
  ],
  'DSN of pairs': [
    (secret) => `host=db user=app password=${secret} sslmode=require`,
    (secret) => `Server=db;User Id=app;Password=${secret};Encrypt=true`,
    (secret) => `Server=db;Uid=app;Pwd=${secret};`,
    (secret) => `AccountName=logs;AccountKey=${secret};EndpointSuffix=x`,
  ],
  npmrc: [
    (secret) => `//registry.npmjs.org/:_authToken=${secret}`,
    (secret) => `_auth=${secret}`,
    (secret) => `//r.example/:_password=${secret}`,
  ],
  netrc: [(secret) => `machine api.example login ci password ${secret}`],
  dockercfg: [(secret) => `{"auths":{"r.example":{"auth":"${secret}"}}}`, (secret) => `{"identitytoken":"${secret}"}`],
  kubeconfig: [(secret) => `    client-key-data: ${secret}`, (secret) => `    token: ${secret}`],
  'HTTP header': [
    (secret) => `Authorization: Basic ${secret}`,
    (secret) => `authorization: Bearer ${secret}`,
    (secret) => `Authorization: Token ${secret}`,
    (secret) => `X-Api-Key: ${secret}`,
    (secret) => `X-Vault-Token: ${secret}`,
    (secret) => `-H "PRIVATE-TOKEN: ${secret}"`,
    (secret) => `proxy-authorization: ${secret}`,
    (secret) => `X-Amz-Security-Token: ${secret}`,
  ],
  cookie: [
    (secret) => `Cookie: a=b; sid=${secret}`,
    (secret) => `Set-Cookie: JSESSIONID=${secret}; Path=/`,
    (secret) => `{"cookie":"session=${secret}"}`,
  ],
  'signed URL': [
    (secret) => `GET /k?X-Amz-Signature=${secret}&x-id=GetObject`,
    (secret) => `https://a.blob.core.windows.net/b?sv=2024&sig=${secret}`,
    (secret) => `GET /x?access_token=${secret}&y=1`,
    (secret) => `/cb?code=1&client_secret=${secret}`,
  ],
  SQL: [
    (secret) => `CREATE USER app IDENTIFIED BY '${secret}'`,
    (secret) => `ALTER USER app WITH PASSWORD '${secret}'`,
    (secret) => `CREATE USER a IDENTIFIED WITH mysql_native_password BY '${secret}'`,
  ],
  XML: [
    (secret) => `<password>${secret}</password>`,
    (secret) => `<server><username>a</username><privateKey>${secret}</privateKey></server>`,
  ],
  'ruby hash': [(secret) => `:password => "${secret}"`, (secret) => `{ "token" => "${secret}" }`],
};

const pem = ['RSA ', 'EC ', '', 'OPENSSH ', 'ENCRYPTED ', 'DSA '].flatMap((type): SecretCase[] => {
  const line = run(64, 'base64');
  const body = `${line}\n${run(64, 'base64')}\n${run(20, 'base64')}==`;
  const begin = p('-----BEGIN ', type, 'PRIVATE', ' KEY-----');
  const end = p('-----END ', type, 'PRIVATE', ' KEY-----');
  return [
    { kind: 'PEM', text: `${begin}\n${body}\n${end}`, secret: line },
    { kind: 'PEM without end', text: `loaded\n${begin}\n${body}`, secret: line },
    { kind: 'PEM without begin', text: `${body}\n${end}\nready`, secret: line },
  ];
});

/** At least 300 secrets of at least 100 kinds. */
export const secrets: readonly SecretCase[] = [
  ...Object.entries(tokens).flatMap(([kind, make]) =>
    contexts.map((context): SecretCase => {
      const secret = make();
      return { kind, secret, text: context(secret) };
    }),
  ),
  ...Object.entries(structures).flatMap(([kind, shapes]) =>
    shapes.map((shape): SecretCase => {
      const secret = word();
      return { kind, secret, text: shape(secret) };
    }),
  ),
  ...pem,
];

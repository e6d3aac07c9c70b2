import type { SecretRule } from './secret-rule.ts';

/** A secret that is known by its form. */
export interface TokenFormat {
  kind: string;
  /** Without flags; matches the secret alone. Linear: no run can begin inside of itself. */
  pattern: string;
  /** How one is written: `{A:36}` stands for 36 letters and digits, `h` for hexadecimal, `g` for a UUID, … */
  example: string;
}

const start = '(?<![A-Za-z0-9])';
const rest = (least: number): string => String.raw`[\w-]{${least},}`;

/**
 * Those that begin in the same way: by who gives them out (their documentation; gitleaks, `rules`), the beginning, the least number
 * of characters after it, and an example in which `{A:36}` stands for 36 characters, so that no file holds what looks like a key.
 */
const prefixed: readonly [kind: string, prefix: string, least: number, example: string][] = [
  ['AWS EKS token', 'k8s-aws-v1\\.', 8, 'k8s-aws-v1.{A:24}'],
  ['Slack', 'xox[abceoprs]-', 8, 'xoxa-{A:24}'],
  ['Slack app', 'xapp-', 8, 'xapp-{A:24}'],
  ['GitHub', 'gh[opsur]_', 16, 'gho_{A:24}'],
  ['GitHub fine-grained', 'github_pat_', 16, 'github_pat_{A:24}'],
  ['GitLab', 'gl(?:pat|ptt|dt|rt|cbt|agent|soat|ft|imt|oas|ffct)-', 8, 'glpat-{A:24}'],
  ['GitLab runner registration', 'GR1348941', 12, 'GR1348941{A:24}'],
  ['npm', 'npm_', 16, 'npm_{A:24}'],
  ['PyPI', 'pypi-', 16, 'pypi-{A:24}'],
  ['RubyGems', 'rubygems_', 16, 'rubygems_{A:24}'],
  ['Google API', 'AIza', 24, 'AIza{A:24}'],
  ['Google API of today', 'AQ\\.', 40, 'AQ.{A:50}'],
  ['Google OAuth secret', 'GOCSPX-', 12, 'GOCSPX-{A:24}'],
  ['Google OAuth access', 'ya29\\.', 12, 'ya29.{A:24}'],
  ['Google OAuth refresh', '1//0', 16, '1//0{A:24}'],
  ['Stripe', '[prs]k_(?:live|test|prod)_', 8, 'pk_live_{A:24}'],
  ['webhook signing (Stripe, Svix)', 'whsec_', 8, 'whsec_{A:24}'],
  [
    'OpenAI, Anthropic, OpenRouter and others',
    'sk-(?:proj-|ant-|svcacct-|admin-|or-|lf-|None-)?',
    16,
    'sk-proj-{A:74}',
  ],
  ['Langfuse public', 'pk-lf-', 16, 'pk-lf-{A:24}'],
  ['Groq', 'gsk_', 16, 'gsk_{A:24}'],
  ['Perplexity', 'pplx-', 16, 'pplx-{A:24}'],
  ['xAI', 'xai-', 16, 'xai-{A:24}'],
  ['Replicate', 'r8_', 16, 'r8_{A:24}'],
  ['Hugging Face', '(?:hf|api_org)_', 16, 'hf_{A:24}'],
  ['SendGrid', 'SG\\.', 12, 'SG.{A:24}'],
  ['Mailgun', 'key-(?=[0-9a-f]{32})', 32, 'key-{h:32}'],
  ['Firecrawl', 'fc-(?=[0-9a-f]{32})', 32, 'fc-{h:32}'],
  ['Depot', 'depot_(?:project|org|user)_', 32, 'depot_project_{h:64}'],
  ['E2B', 'e2b_', 32, 'e2b_{h:40}'],
  ['WakaTime', 'waka_', 32, 'waka_{g}'],
  ['Discord user', 'mfa\\.', 40, 'mfa.{A:84}'],
  ['Mailgun of today', '[0-9a-f]{32}-[0-9a-f]{8}-(?=[0-9a-f]{8}(?![A-Za-z0-9]))', 8, '{h:32}-{h:8}-{h:8}'],
  ['Mandrill', 'md-(?=[A-Za-z_-]{0,24}\\d)(?=[a-z\\d_-]{0,24}[A-Z])', 20, 'md-1B{A:20}'],
  ['Adafruit', 'aio_(?=[A-Za-z]*\\d)', 20, 'aio_1{A:27}'],
  ['Defined Networking', 'dnkey-', 24, 'dnkey-{a:26}-{a:52}'],
  ['Lob', '(?:live|test)_(?:pub_)?(?=[0-9a-f]{30})', 30, 'live_{h:35}'],
  ['GoCardless', 'live_(?=[A-Za-z_-]{0,24}\\d)(?=[a-z\\d_-]{0,24}[A-Z])', 24, 'live_1B{u:38}'],
  ['Retool', 'retool_(?:01)?(?=[a-z]*\\d)', 20, 'retool_011{a:23}'],
  ['SaladCloud', 'salad_cloud_[a-z]{2,12}_', 16, 'salad_cloud_user_{A:40}'],
  ['Voiceflow', 'VF\\.(?:(?:DM|WS)\\.)?[0-9a-f]{24}\\.', 12, 'VF.DM.{h:24}.{A:16}'],
  ['Ubidots', 'BBF[FA]-', 24, 'BBFF-{A:30}'],
  ['Brevo', 'xkeysib-', 16, 'xkeysib-{A:24}'],
  ['Vault', 'hv[sbr]\\.', 12, 'hvs.{A:24}'],
  ['Vault before 1.10', '[sb]\\.(?=[A-Za-z]*\\d)(?=[a-z\\d]*[A-Z])', 24, 's.{a:10}1B{A:12}'],
  ['Terraform Cloud', '[A-Za-z0-9]{14}\\.atlasv1\\.', 16, '{A:14}.atlasv1.{A:67}'],
  ['DigitalOcean', 'do[opr]_v1_', 16, 'doo_v1_{A:24}'],
  ['Databricks', 'dapi(?=[0-9a-f]{16})', 16, 'dapi{h:32}'],
  ['Grafana', 'gl(?:sa|c)_', 12, 'glsa_{A:24}'],
  ['Docker', 'dckr_(?:pat|oat)_', 12, 'dckr_pat_{A:24}'],
  ['Atlassian', 'AT(?:ATT3|BB|CTT3)', 16, 'ATATT3{A:24}'],
  ['Linear', 'lin_(?:api|oauth)_', 12, 'lin_api_{A:24}'],
  ['Notion', '(?:ntn|secret)_(?=[A-Za-z]*\\d)', 24, 'ntn_1{A:40}'],
  ['Figma', 'figd_', 12, 'figd_{A:24}'],
  ['New Relic', '(?:NR(?:AK|JS|II|AA|RA|SP|IQ|BR)|nrsp)-', 10, 'NRAK-{A:24}'],
  ['PostHog', 'ph[cx]_', 16, 'phc_{A:24}'],
  ['Sentry', 'sntry[su]_', 12, 'sntrys_{A:24}'],
  ['Doppler', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[\\w-]{1,40}\\.)?', 12, 'dp.st.prd.{A:43}'],
  ['PlanetScale', 'pscale_(?:tkn|oauth|pw)_', 12, 'pscale_tkn_{A:24}'],
  ['Pulumi', 'pul-', 16, 'pul-{A:24}'],
  ['Supabase', 'sb[ap]_', 16, 'sba_{A:24}'],
  ['Supabase keys', 'sb_(?:secret|publishable)_', 12, 'sb_secret_{A:24}'],
  ['Fly.io', 'fm[12]r?_', 16, 'fm1_{A:24}'],
  ['Fly.io access', 'fo1_', 16, 'fo1_{A:24}'],
  ['Render', 'rnd_', 16, 'rnd_{A:24}'],
  ['Prefect', 'pn[ubk]_', 16, 'pnu_{A:24}'],
  ['Postman', 'PMAK-', 16, 'PMAK-{A:24}'],
  ['Shopify', 'shp(?:at|ca|pa|ss|ua)_', 16, 'shpat_{A:24}'],
  ['Square', '(?:EAAA|sq0(?:atp|csp|idp)-)', 16, 'EAAA{A:24}'],
  ['Facebook', 'EAACEdEose0cBA', 8, 'EAACEdEose0cBA{A:24}'],
  ['Dynatrace', 'dt0[a-z]\\d{2}\\.[A-Z0-9]{8,}\\.', 16, 'dt0c01.{U:24}.{U:64}'],
  ['Okta', '00(?=[A-Za-z]*\\d)(?=[a-z\\d]*[A-Z])', 40, '00a1B{A:37}'],
  ['Artifactory', '(?:AKCp|cmVmd)', 24, 'AKCp{A:24}'],
  ['CircleCI', 'CCI(?:PAT|PRJ)_', 12, 'CCIPAT_{A:24}'],
  ['Buildkite', 'bk(?:ua|ct|at)_', 12, 'bkua_{A:24}'],
  ['Sonar', 'sq[pua]_', 16, 'sqp_{A:24}'],
  ['Tailscale', 'tskey-', 12, 'tskey-{A:24}'],
  ['1Password service account', 'ops_', 24, 'ops_{A:24}'],
  ['age', 'AGE-SECRET-KEY-1', 16, 'AGE-SECRET-KEY-1{A:24}'],
  ['Clojars', '(?:CLOJARS|clojars)_', 16, 'CLOJARS_{h:60}'],
  ['crates.io', 'cio(?=[A-Za-z]*\\d)', 28, 'cio1{A:30}'],
  ['NuGet', 'oy2', 40, 'oy2{A:40}'],
  ['Airtable', 'pat[A-Za-z0-9]{14}\\.', 24, 'pat{A:14}.{h:64}'],
  ['Adobe', 'p8e-', 16, 'p8e-{A:24}'],
  ['Alibaba Cloud', 'LTAI', 12, 'LTAI{A:24}'],
  ['Tencent Cloud', 'AKID(?=[A-Za-z]*\\d)', 24, 'AKID1{A:31}'],
  ['Yandex Cloud', '(?:AQVN|t1\\.|YC[ab])(?=[A-Za-z_-]*\\d)', 32, 'AQVN1{u:35}'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shape, see above
  ['Braintree', 'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$', 16, 'access_token$production${a:16}${h:32}'],
  ['Plaid', 'access-(?:sandbox|development|production)-(?=[0-9a-f]{8}-)', 32, 'access-production-{g}'],
  ['1Password secret key', 'A3-(?=(?:[A-Z0-9]{5,11}-){4})', 26, 'A3-{U:6}-{U:11}-{U:5}-{U:5}-{U:5}'],
  ['Sourcegraph', 'sgp_', 16, 'sgp_{A:24}'],
  [
    'Authress',
    '(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\\.[a-z0-9]{4,6}\\.acc[_-]',
    10,
    'sc_{a:18}.{a:5}.acc_{a:20}.{b:60}',
  ],
  ['Flutterwave', 'FLW(?:SECK|PUBK)(?:_TEST)?-', 12, 'FLWSECK_TEST-{A:24}'],
  ['MaxMind', '[A-Za-z0-9]{6}_(?=[A-Za-z0-9]{29}_mmk)', 29, '{A:6}_{A:29}_mmk'],
  ['Octopus Deploy', 'API-(?=[A-Z0-9]{25})', 25, 'API-{U:26}'],
  ['HubSpot', 'pat-(?:na|eu|ap)\\d-', 16, 'pat-na1-{g}'],
  ['Dropbox', 'sl\\.(?:[a-z]\\.)?', 60, 'sl.a.{A:60}'],
  ['Razorpay', 'rzp_(?:live|test)_', 10, 'rzp_live_{A:24}'],
  ['NATS seed', 'S[ACNOUX](?=[A-Z2-7]{56}(?![A-Za-z0-9]))', 56, 'SU{2:56}'],
  ['LaunchDarkly', '(?:sdk|mob|api)-(?=[0-9a-f]{8}-[0-9a-f]{4}-)', 32, 'sdk-{g}'],
  ['ClickHouse Cloud', '4b1d', 38, '4b1d{A:38}'],
  ['Aiven', 'AVNS_', 12, 'AVNS_{A:24}'],
  ['Discord bot', '[MNO][A-Za-z\\d]{23,27}\\.[\\w-]{6}\\.', 24, 'M{A:23}.{A:6}.{A:27}'],
  ['Twilio', '(?:SK|AC)(?=[0-9a-f]{32})', 32, 'SK{h:32}'],
  ['EasyPost', 'EZ[AT]K', 40, 'EZAK{A:40}'],
  ['Duffel', 'duffel_(?:test|live)_', 16, 'duffel_test_{A:24}'],
  ['Frame.io', 'fio-u-', 16, 'fio-u-{A:24}'],
  ['Harness', '(?:pat|sat)\\.[\\w-]{16,}\\.', 16, 'pat.{A:22}.{A:24}.{A:20}'],
  ['Typeform', 'tfp_', 16, 'tfp_{A:24}'],
  ['ReadMe', 'rdme_', 16, 'rdme_{A:24}'],
  ['Scalingo', 'tk-us-', 16, 'tk-us-{A:24}'],
  ['Sendinblue', 'xsmtpsib-', 16, 'xsmtpsib-{A:24}'],
  ['Shippo', 'shippo_(?:live|test)_', 16, 'shippo_live_{A:24}'],
  ['OpenShift', 'sha256~', 20, 'sha256~{A:24}'],
  ['Heroku', 'HRKU-', 16, 'HRKU-{A:24}'],
  ['Cloudflare origin CA', 'v1\\.0-', 24, 'v1.0-{A:24}'],
  ['Azure DevOps and Entra client secret', '[A-Za-z0-9]{3}\\dQ~', 24, '{A:3}8Q~{A:34}'],
  ['Azure Functions and storage', '(?<![+/])[A-Za-z0-9+/]{30,90}(?:AzFu|AzCa|ACDb|AIoT|ASt)', 4, '{A:44}AzFu{A:8}=='],
  ['SSH host certificate', 'ssh-priv-', 16, 'ssh-priv-{A:24}'],
  ['AWS Bedrock', '(?:ABSK|bedrock-api-key-)', 24, 'ABSK{A:24}'],
  ['AWS session', '(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)', 16, 'IQoJb3JpZ2lu{A:24}'],
  ['Hashicorp Consul and Nomad gossip', 'hcp\\.', 24, 'hcp.{A:24}'],
  ['Weights & Biases', 'wandb_v1_', 16, 'wandb_v1_{A:24}'],
  ['LangSmith', 'ls(?:v2_(?:pt|sk)|__)_?', 16, 'lsv2_pt{A:24}'],
  ['Pinecone', 'pcsk_', 16, 'pcsk_{A:24}'],
  ['Contentful', 'CFPAT-', 16, 'CFPAT-{A:24}'],
  ['Confluent', 'cflt', 40, 'cflt{A:40}'],
  ['Intra42', 's-s4t2(?:ud|af)-', 16, 's-s4t2ud-{A:24}'],
  ['Mapbox', '[ps]k\\.eyJ', 16, 'pk.eyJ{A:24}'],
  ['Resend', 're_(?=[A-Za-z]*\\d)', 20, 're_1{A:32}'],
  ['Neon', 'napi_', 16, 'napi_{A:24}'],
  ['Rootly', 'rootly_', 16, 'rootly_{A:24}'],
  ['Infracost', 'ico-', 24, 'ico-{A:24}'],
  ['Settlemint', 'sm_(?:aat|pat|sat)_', 12, 'sm_aat_{A:24}'],
  ['Vercel', '(?:vcp|vck|vci|vca|vcr|vercel)_', 16, 'vcp_{A:24}'],
  ['PASETO', 'v[1-4]\\.(?:local|public)\\.', 24, 'v4.local.{u:80}'],
  ['Mailchimp', '[0-9a-f]{32}-(?=us\\d{1,2}(?![A-Za-z0-9]))', 3, '{h:32}-us21'],
  ['Amazon MWS', 'amzn\\.mws\\.(?=[0-9a-f]{8}-)', 32, 'amzn.mws.{g}'],
  ['Salesforce session', '00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?!', 24, '00D{A:12}!{A:80}'],
];

const prefixedFormats: readonly TokenFormat[] = prefixed.map(([kind, prefix, least, example]) => ({
  kind,
  pattern: `${prefix}${rest(least)}[\\w.=/+-]*`,
  example,
}));

const otherFormats: readonly TokenFormat[] = [
  {
    kind: 'AWS access key with its secret',
    pattern: String.raw`${start}A(?:KIA|SIA|GPA|IDA|ROA|IPA|NPA|NVA|3T)[A-Z0-9]{12,}(?:[:/|,;\s]{1,3}[A-Za-z0-9/+]{40})?(?![A-Za-z0-9])`,
    example: 'AKIA{2:16}:{b:40}',
  },
  {
    kind: 'JWT',
    pattern: String.raw`(?<![\w-])eyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*){0,4}`,
    example: 'eyJ{A:30}.eyJ{A:60}.{u:43}',
  },
  {
    kind: 'webhook of Slack, Teams, Discord, Zapier, Google Chat',
    pattern: String.raw`https:\/\/(?:hooks\.slack(?:-gov)?\.com|[\w-]{1,63}\.webhook\.office\.com|outlook\.office\.com\/webhook|discord(?:app)?\.com\/api\/webhooks|hooks\.zapier\.com|chat\.googleapis\.com\/v1\/spaces|[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.logic\.azure\.com)[^\s"'<>]*`,
    example: 'https://hooks.slack.com/services/T{U:8}/B{U:8}/{A:24}',
  },
  {
    kind: 'webhook of Mattermost, Rocket.Chat and IFTTT',
    pattern: String.raw`(?<=\/hooks\/|maker\.ifttt\.com\/trigger\/[\w-]{1,64}\/with\/key\/)(?=[\w-]*\d)[\w-]{18,}`,
    example: 'https://chat.example.com/hooks/{a:12}1{a:13}',
  },
  {
    kind: 'text of Ansible Vault',
    pattern: String.raw`(?<=\$ANSIBLE_VAULT;1\.\d;AES256(?:;[\w.-]{1,64})?\s{1,3})[0-9a-f]{40,}(?:\s{1,12}[0-9a-f]{40,})*`,
    example: '$ANSIBLE_VAULT;1.1;AES256 {h:80}',
  },
  {
    kind: 'collector of Sumo Logic',
    pattern: String.raw`(?<=sumologic\.com\/receiver\/v1\/http\/)[\w=+/-]{16,}`,
    example: 'https://collectors.sumologic.com/receiver/v1/http/{A:80}==',
  },
  {
    kind: 'customer token of Loggly',
    pattern: String.raw`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@41058(?!\d)`,
    example: '{g}@41058',
  },
  {
    kind: 'inputs of Loggly',
    pattern: String.raw`(?<=loggly\.com\/(?:inputs|bulk)\/)[\w-]{16,}`,
    example: 'https://logs-01.loggly.com/inputs/{g}/tag/http/',
  },
  {
    kind: 'hash of a password',
    pattern: String.raw`(?<![\w$])\$(?:2[abxy]?|[156y]|argon2(?:id|i|d)|apr1|pbkdf2[\w-]*|scrypt)\$[\w./$=,+-]{16,}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shape, see above
    example: '$2b$12${A:53}',
  },
  {
    kind: 'Ory',
    pattern: String.raw`(?<![\w-])ory_[a-z]{2,8}_[\w.-]{16,}`,
    example: 'ory_at_{A:43}.{A:43}',
  },
  {
    kind: 'Snyk',
    pattern: String.raw`(?<![\w-])snyk_(?:[a-z]{3}\.)?[\w.-]{12,}`,
    example: 'snyk_uat.{h:8}.{A:80}',
  },
  {
    kind: 'DataStax Astra',
    pattern: String.raw`AstraCS:\w{16,64}:[0-9a-f]{64}`,
    example: 'AstraCS:{A:24}:{h:64}',
  },
  {
    kind: 'password of PostgreSQL',
    pattern: String.raw`SCRAM-SHA-\d{1,3}\$\d{1,8}:[\w+/=]{4,}\$[\w+/=]{4,}(?::[\w+/=]{4,})?`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shape, see above
    example: 'SCRAM-SHA-256$4096:{A:22}==${A:43}=:{A:43}=',
  },
  {
    kind: 'password of MySQL',
    pattern: String.raw`(?<![\w*])\*[0-9A-F]{40}(?!\w)`,
    example: '*{H:40}',
  },
  {
    kind: 'Asana',
    pattern: String.raw`(?<![\w/])[12]\/\d{16}(?:\/\d{16})?:[0-9a-f]{32}`,
    example: '1/{d:16}:{h:32}',
  },
  {
    kind: 'K3s node',
    pattern: String.raw`K10[0-9a-f]{64}::[\w:]{8,200}`,
    example: 'K10{h:64}::server:{h:32}',
  },
  {
    kind: 'Rancher',
    pattern: String.raw`(?<![\w-])token-[a-z0-9]{5}:[a-z0-9]{54}`,
    example: 'token-{a:5}:{a:54}',
  },
  { kind: 'Telegram bot', pattern: String.raw`(?<!\d)\d{8,10}:AA[\w-]{30,}`, example: 'bot{d:10}:AA{u:33}' },
  {
    kind: 'PuTTY key',
    pattern: String.raw`Private-Lines: \d+(?:(?:\s{1,2}|\\n)[A-Za-z0-9+/=]{16,})*`,
    example: 'Private-Lines: 1\n{b:64}',
  },
];

/** One row for each kind. */
export const tokenFormats: readonly TokenFormat[] = [...prefixedFormats, ...otherFormats];

const oneOf = (formats: readonly TokenFormat[]): string => formats.map(({ pattern }) => pattern).join('|');

/** All of them in one pass. */
export const tokens: readonly SecretRule[] = [
  {
    kind: 'token of a known form',
    pattern: new RegExp(`${start}(?:${oneOf(prefixedFormats)})|${oneOf(otherFormats)}`, 'g'),
    examples: [],
  },
];

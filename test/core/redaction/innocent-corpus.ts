import { readdirSync, readFileSync } from 'node:fs';

/** Lines of logs, events and settings in which nothing is secret although much looks so. */
const lines = `token: expired
token expired, login again
secret=shop/db-creds
imagePullSecret=regcred
imagePullSecrets: regcred
Access denied for user 'app'@'10.0.0.1' (using password: YES)
Access denied for user 'app'@'10.0.0.1' (using password: NO)
sig=SIGKILL
signal=SIGTERM sig=SIGTERM
max_tokens=4096 temperature=0.2
total_tokens: 1834
the bearer of this message
Basic authentication failed for user app
GET http://10.0.0.7:8080/ready 503
connect orders-db.internal:5432: connection refused
mail to admin@example.com failed
commit 3f786850e387550fdab836ed7e6dc881de23001b
secretName: shop-tls
passed=12 failed=0
bypass: true
open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory
couldn't find key password in Secret web/app
-----BEGIN CERTIFICATE-----
MountVolume.SetUp failed for volume "token": secret "app" not found
Error: secret "db-creds" not found
failed to refresh token: unexpected status 403
error getting credentials: no such host
authentication: failed
auth=none
auth: basic
password: required
password authentication failed for user "app"
password=\${DB_PASSWORD}
PASSWORD=$DB_PASSWORD
token: <redacted>
token=***
api_key: {{ .Values.apiKey }}
session=closed
session: opened for user root by (uid=0)
cookie: invalid
key: kubernetes.io/hostname
key=app
nodeSelector key: topology.kubernetes.io/zone
tokenExpirationSeconds: 3600
token_ttl=3600s
token_url=https://login.example.com/oauth2/token
passwordFile=/etc/app/password
password_file: /run/secrets/db
--token-file /var/run/token
--password-file=/etc/pw
--tls-private-key-file=/etc/kubernetes/pki/apiserver.key
--service-account-key-file=/etc/kubernetes/pki/sa.pub
mkdir -p /var/lib/app
mkdir -p data
nc -p 8080 host
docker run -p 8080:80 -u 1000:1000 nginx
ssh -p 22 host
ps -u root
curl -u 1000:1000
image nginx:1.25@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
failed to create containerd task: sandbox "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" not found
container "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210" is not running
containerd://fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210
sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210
arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/k8s-shop-web-0123456789/0123456789abcdef
i-0aaaaaaaaaaaaaaa1 is unhealthy: Target.FailedHealthChecks
request id 4442587f-b6b3-4ad9-8a5e-1f6a2b3c4d5e
RequestID: 4442587f-b6b3-4ad9-8a5e-1f6a2b3c4d5e
x-amzn-trace-id: Root=1-67891233-abcdef012345678912345678
service.beta.kubernetes.io/aws-load-balancer-healthcheck-path: /healthz
pod web-7f9c6d5b8-x2x4z restarted 14 times
panic: runtime error: invalid memory address or nil pointer dereference
x509: certificate signed by unknown authority
tls: failed to verify certificate
http://host:8080/a@b
see https://github.com/kubernetes/kubernetes/issues/1234#issuecomment-1
user=app db=shop host=10.0.0.1:5432
java.lang.NullPointerException at com.acme.shop.TokenService.refresh(TokenService.java:42)
com.acme.SecretManagerClient: initialized
TargetGroupBindingReconcilerWithServiceAccountTokenProjectedVolume
SecretProviderClass shop/aws-secrets not found
ServiceAccountToken volume mounted
credentials: not found
credential=missing
secret: optional
author=jane
authority: shop.example.com
:authority: shop.example.com
authenticated=true
tokens=12
tokenizer=bert-base
keyspace=shop
keys: 14
primaryKey: id
partition_key=tenant
sort_key: created_at
foreign key constraint fails
keyboard=us
monkey: banana
passenger=3
compass: north
pass: 12 fail: 0
pwd
passthrough=on
signature: invalid
signature mismatch for request
salted: true
otp: disabled
pin=3
saltstack: ready
webhook: elbv2.k8s.aws
failed calling webhook "mservice.elbv2.k8s.aws": context deadline exceeded
dsn: missing
cookieSameSite: lax
sessionAffinity: ClientIP
sessionAffinity: None
sid=1
jwt: malformed
csrf=disabled
access_key: missing
license: apache
AWS_ROLE_ARN=arn:aws:iam::111122223333:role/shop
AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token`.split('\n');

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}

const golden = new URL('../../golden/', import.meta.url);

/** At least 300 innocent lines: those above, and what the reports of the scenarios say. */
export const innocent: readonly string[] = [
  ...new Set([
    ...lines,
    ...readdirSync(golden).flatMap((file) => textsIn(JSON.parse(readFileSync(new URL(file, golden), 'utf8')))),
  ]),
];

/** The lines above alone, chosen to be hard. */
export const hardInnocent: readonly string[] = lines;

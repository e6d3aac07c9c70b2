#!/usr/bin/env bash
# The runbook that is walked by hand, as a script: for each target group its Service, endpoints, pods, nodes and security groups, and
# one request to each target as its health check makes it. Like a careful person, it reads no object twice for one target group.
set -u
aws eks update-kubeconfig --name large --alias large >/dev/null 2>&1 || true
kube() { kubectl --request-timeout=20s "$@"; }

kube get services --all-namespaces --output json >services.json
aws elbv2 describe-load-balancers >load-balancers.json
aws elbv2 describe-target-groups >groups.json

jq --raw-output '.TargetGroups[] | [.TargetGroupArn, .TargetType, .HealthCheckProtocol, .HealthCheckPort, .HealthCheckPath // "", .HealthCheckTimeoutSeconds, .Port] | @tsv' groups.json |
while IFS=$'\t' read -r arn type protocol port path timeout own_port; do
  aws elbv2 describe-tags --resource-arns "$arn" >tags.json
  aws elbv2 describe-target-group-attributes --target-group-arn "$arn" >attributes.json
  aws elbv2 describe-target-health --target-group-arn "$arn" >health.json
  service=$(jq --raw-output '[.TagDescriptions[0].Tags[] | select(.Key == "service.k8s.aws/stack")][0].Value // empty' tags.json)
  namespace=${service%%/*} name=${service##*/}
  [ -n "$service" ] || continue
  kube get service "$name" --namespace "$namespace" --output yaml >service.yaml
  kube get endpointslices --namespace "$namespace" --selector "kubernetes.io/service-name=$name" --output yaml >slices.yaml
  kube get events --namespace "$namespace" >events.txt
  selector=$(jq --raw-output --arg ns "$namespace" --arg name "$name" \
    '.items[] | select(.metadata.namespace == $ns and .metadata.name == $name) | .spec.selector // {} | to_entries | map("\(.key)=\(.value)") | join(",")' services.json)
  kube get pods --namespace "$namespace" --selector "$selector" --output wide >pods.txt
  kube get pods --namespace "$namespace" --selector "$selector" --output json >pods.json

  jq --raw-output '.TargetHealthDescriptions[] | select(.TargetHealth.State != "healthy") | [.Target.Id, .Target.Port] | @tsv' health.json |
  while IFS=$'\t' read -r id target_port; do
    address=$id
    if [ "$type" = instance ]; then
      address=$(aws ec2 describe-instances --instance-ids "$id" --query 'Reservations[0].Instances[0].PrivateIpAddress' --output text)
      aws ec2 describe-network-interfaces --filters "Name=attachment.instance-id,Values=$id" >interfaces.json
    else
      aws ec2 describe-network-interfaces --filters "Name=addresses.private-ip-address,Values=$address" >interfaces.json
    fi
    groups=$(jq --raw-output '[.NetworkInterfaces[].Groups[].GroupId] | unique | join(" ")' interfaces.json)
    # shellcheck disable=SC2086 # several ids
    [ -z "$groups" ] || aws ec2 describe-security-groups --group-ids $groups >security-groups.json
    [ "$port" = traffic-port ] && checked=$target_port || checked=$port
    if [ "$protocol" = TCP ]; then
      curl --silent --output /dev/null --max-time "$timeout" "telnet://$address:$checked" </dev/null
    else
      curl --silent --insecure --include --max-time "$timeout" "${protocol,,}://$address:$checked$path" >answer.txt
    fi
  done

  jq --raw-output '.items[] | select(any(.status.containerStatuses[]?; .restartCount > 0 or (.ready | not))) | .metadata.name' pods.json |
  while read -r pod; do
    kube describe pod "$pod" --namespace "$namespace" >pod.txt
    kube logs "$pod" --namespace "$namespace" --tail 50 >log.txt 2>&1
    kube logs "$pod" --namespace "$namespace" --tail 50 --previous >previous.txt 2>&1
  done
done

#!/bin/sh
# upload.sh BUCKET [PREFIX]: puts the template and the code of the functions into a bucket of yours, and prints the command
# and the address that launch them in the Region of the bucket. Needs the AWS CLI and nothing else.
set -eu
bucket=${1:?usage: upload.sh BUCKET [PREFIX]}
cd "$(dirname "$0")"
# Other code is at another place: CloudFormation replaces the code of a function when its key changes.
prefix=${2:-eks-nlb-auditor/$(cat auditor.zip notifier.zip reconciler.zip trigger.zip | cksum | cut -d ' ' -f 1)/}

region=$(aws s3api get-bucket-location --bucket "$bucket" --query LocationConstraint --output text)
[ "$region" != None ] || region=us-east-1
case $region in cn-*) domain=amazonaws.com.cn console=console.amazonaws.cn ;; *) domain=amazonaws.com console=console.aws.amazon.com ;; esac

for file in eks-nlb-auditor.template.json auditor.zip notifier.zip reconciler.zip trigger.zip; do
  aws s3 cp --only-show-errors --region "$region" "$file" "s3://$bucket/$prefix$file"
done
template="https://$bucket.s3.$region.$domain/${prefix}eks-nlb-auditor.template.json"

cat <<END
Launch it with your VPC, private subnets and clusters (Cluster1 to Cluster5):

aws cloudformation create-stack --region $region --stack-name eks-nlb-auditor --capabilities CAPABILITY_IAM \\
  --template-url $template \\
  --parameters ParameterKey=CodeBucket,ParameterValue=$bucket ParameterKey=CodePrefix,ParameterValue=$prefix \\
    ParameterKey=VpcId,ParameterValue=VPC_ID 'ParameterKey=SubnetIds,ParameterValue="SUBNET_ID,SUBNET_ID"' \\
    ParameterKey=Cluster1,ParameterValue=CLUSTER ParameterKey=SlackWebhookSecret,ParameterValue=

or in the console:

https://$console/cloudformation/home?region=$region#/stacks/quickcreate?stackName=eks-nlb-auditor&templateURL=$template&param_CodeBucket=$bucket&param_CodePrefix=$prefix
END

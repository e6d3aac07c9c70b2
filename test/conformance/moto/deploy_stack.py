"""Creates a stack in moto from a template and prints, by resource type, how many resources are really there."""

import json
import sys

import boto3

template_path, url, region = sys.argv[1:]
keys = {"aws_access_key_id": "moto", "aws_secret_access_key": "moto"}


def client(service):
    return boto3.client(service, endpoint_url=url, region_name=region, **keys)


with open(template_path, encoding="utf-8") as file:
    template = json.load(file)
account = client("sts").get_caller_identity()["Account"]
client("ssm").put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="21", Type="String")
s3 = client("s3")
bucket = f"cdk-hnb659fds-assets-{account}-{region}"
place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
s3.create_bucket(Bucket=bucket, **place)
for resource in template["Resources"].values():
    properties = resource.get("Properties", {})
    match resource["Type"]:
        case "AWS::KMS::Key":
            # moto 5.2.1 fails with KeyError 'TagKey' on tags as CloudFormation has them.
            properties.pop("Tags", None)
        case "AWS::DynamoDB::GlobalTable":
            # moto has no global tables in CloudFormation: a table of one Region with the same keys stands in.
            resource["Type"] = "AWS::DynamoDB::Table"
            kept = ("AttributeDefinitions", "BillingMode", "KeySchema", "StreamSpecification", "TimeToLiveSpecification")
            resource["Properties"] = {name: properties[name] for name in kept}
        case "AWS::EC2::SecurityGroupIngress":
            # The template names the security group of a cluster, whose id nobody can choose: another one stands in.
            group = client("ec2").create_security_group(GroupName="cluster", Description="cluster")
            properties["GroupId"] = group["GroupId"]
        case "AWS::Lambda::Function":
            s3.put_object(Bucket=bucket, Key=properties["Code"]["S3Key"], Body=b"PK\x05\x06" + b"\0" * 18)

cloudformation = client("cloudformation")
stack = cloudformation.create_stack(StackName="auditor", TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])
described = cloudformation.describe_stacks(StackName=stack["StackId"])["Stacks"][0]

iam = client("iam")
roles = iam.list_roles()["Roles"]
aws_lambda = client("lambda")
functions = aws_lambda.list_functions()["Functions"]
sns = client("sns")
there = {
    "AWS::CloudWatch::Alarm": client("cloudwatch").describe_alarms()["MetricAlarms"],
    "AWS::DynamoDB::Table": client("dynamodb").list_tables()["TableNames"],
    "AWS::EC2::SecurityGroup": [
        group
        for group in client("ec2").describe_security_groups()["SecurityGroups"]
        if group["GroupName"] not in ("default", "cluster")
    ],
    "AWS::IAM::Policy": [
        policy for role in roles for policy in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
    ],
    "AWS::IAM::Role": roles,
    "AWS::KMS::Key": [key for key in client("kms").list_keys()["Keys"]],
    "AWS::Lambda::EventSourceMapping": aws_lambda.list_event_source_mappings()["EventSourceMappings"],
    "AWS::Lambda::Function": functions,
    "AWS::Logs::LogGroup": client("logs").describe_log_groups()["logGroups"],
    "AWS::SNS::Subscription": sns.list_subscriptions()["Subscriptions"],
    "AWS::SNS::Topic": sns.list_topics()["Topics"],
    "AWS::SQS::Queue": client("sqs").list_queues().get("QueueUrls", []),
    "AWS::Scheduler::Schedule": client("scheduler").list_schedules()["Schedules"],
}
print(
    json.dumps(
        {
            "status": described["StackStatus"],
            "reason": described.get("StackStatusReason", ""),
            "outputs": sorted(output["OutputKey"] for output in described.get("Outputs", [])),
            "there": {name: len(found) for name, found in there.items()},
            "functions": [
                {
                    "runtime": function["Runtime"],
                    "memory": function["MemorySize"],
                    "timeout": function["Timeout"],
                    "role": function["Role"],
                    "settings": function["Environment"]["Variables"]["AUDITOR_SETTINGS"],
                }
                for function in functions
            ],
        }
    )
)

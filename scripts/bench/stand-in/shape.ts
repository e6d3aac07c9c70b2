/** How large a stand-in account is. Every n below counts from the first, so that an account of twice the size begins with the smaller one. */
export interface Shape {
  clusters: number;
  /** Clusters that share a VPC. */
  clustersPerVpc: number;
  nodesPerCluster: number;
  /** Each has a load balancer and a target group; every other one has ip targets, the rest the nodes as targets. */
  servicesPerCluster: number;
  podsPerService: number;
  /** Every n-th Service is broken, by the faults in turn. */
  faultEvery: number;
}

/** 3,000 target groups with 100,800 targets, 200 clusters, 11,200 nodes, 64,400 pods. */
export const bigAccount: Shape = {
  clusters: 200,
  clustersPerVpc: 20,
  nodesPerCluster: 56,
  servicesPerCluster: 15,
  podsPerService: 14,
  faultEvery: 4,
};

/** One cluster with so many Services; its nodes grow with them, as they do in life. */
export const bigCluster = (services: number): Shape => ({
  clusters: 1,
  clustersPerVpc: 1,
  nodesPerCluster: Math.max(3, Math.ceil(services / 15)),
  servicesPerCluster: services,
  podsPerService: 6,
  faultEvery: 4,
});

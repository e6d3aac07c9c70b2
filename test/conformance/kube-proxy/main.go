// Serves the two health servers of kube-proxy for one node, without kube-proxy: what they are to know comes as JSON, one
// line each, over standard input; each line is answered by "done".
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kubernetes/pkg/proxy"
	"k8s.io/kubernetes/pkg/proxy/healthcheck"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
)

// A state of one node's kube-proxy: local endpoints and healthCheckNodePort by Service, and whether rules are written.
type state struct {
	Services map[string]struct {
		Port      uint16
		Endpoints int
	}
	Stuck bool
}

func main() {
	kubeconfig, node, healthzAddress := os.Args[1], os.Args[2], os.Args[3]
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	check(err)
	client, err := kubernetes.NewForConfig(config)
	check(err)
	ctx := context.Background()
	manager, err := proxy.NewNodeManager(ctx, client, 0, node, false)
	check(err)
	// A rule that is a tenth of a second late counts as late, so that nobody waits for two minutes.
	health := healthcheck.NewProxyHealthServer(healthzAddress, 100*time.Millisecond, manager)
	health.Updated(v1.IPv4Protocol)
	go func() { check(health.Run(ctx)) }()
	addresses := proxyutil.NewNodePortAddresses(v1.IPv4Protocol, []string{"127.0.0.0/8"})
	services := healthcheck.NewServiceHealthServer(node, nil, addresses, health)

	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var wanted state
		check(json.Unmarshal(lines.Bytes(), &wanted))
		ports, endpoints := map[types.NamespacedName]uint16{}, map[types.NamespacedName]int{}
		for name, each := range wanted.Services {
			key := types.NamespacedName{Namespace: "live", Name: name}
			ports[key], endpoints[key] = each.Port, each.Endpoints
		}
		check(services.SyncServices(ports))
		check(services.SyncEndpoints(endpoints))
		if wanted.Stuck {
			health.QueuedUpdate(v1.IPv4Protocol)
			time.Sleep(200 * time.Millisecond)
		} else {
			health.Updated(v1.IPv4Protocol)
		}
		fmt.Println("done")
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

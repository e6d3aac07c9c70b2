// Runs the kubelet's prober on pods. They come as a list in JSON on standard input; once all of them have been decided on, or
// after the seconds that the argument says, what became of each is written in the same order.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
	"k8s.io/kubernetes/pkg/kubelet/prober"
	"k8s.io/kubernetes/pkg/kubelet/prober/results"
	"k8s.io/kubernetes/pkg/kubelet/status"
)

// What the prober reported and decided of one pod.
type report struct {
	Events []event
	// Whether its container is ready and has started.
	Ready, Started bool
	// Whether its container is to be restarted, and after how many probes that failed.
	Restart bool
	// The conditions Ready and ContainersReady.
	Conditions []v1.PodCondition
}

type event struct{ Type, Reason, Message string }

type kubelet struct {
	status.Manager
	sync.Mutex
	manager  prober.Manager
	pods     map[types.UID]*v1.Pod
	statuses map[types.UID]v1.PodStatus
	events   map[types.UID][]event
	decided  map[types.UID]bool
	restart  map[types.UID]bool
}

func main() {
	seconds, err := strconv.Atoi(os.Args[1])
	check(err)
	var pods []v1.Pod
	check(json.NewDecoder(os.Stdin).Decode(&pods))
	node := &kubelet{
		pods:     map[types.UID]*v1.Pod{},
		statuses: map[types.UID]v1.PodStatus{},
		events:   map[types.UID][]event{},
		decided:  map[types.UID]bool{},
		restart:  map[types.UID]bool{},
	}
	ctx := context.Background()
	liveness, readiness, startup := results.NewManager(), results.NewManager(), results.NewManager()
	node.manager = prober.NewManager(node, liveness, &decisions{readiness, node, map[kubecontainer.ContainerID]bool{}}, startup, node, node)
	go node.follow(ctx, liveness)
	go node.follow(ctx, readiness)
	go node.follow(ctx, startup)
	for i := range pods {
		pod := &pods[i]
		node.pods[pod.UID], node.statuses[pod.UID] = pod, pod.Status
	}
	for i := range pods {
		node.manager.AddPod(ctx, &pods[i])
	}
	for deadline := time.Now().Add(time.Duration(seconds) * time.Second); time.Now().Before(deadline) && !node.isDone(); {
		time.Sleep(20 * time.Millisecond)
	}
	reports := []report{}
	for i := range pods {
		reports = append(reports, node.reportOn(ctx, &pods[i]))
	}
	check(json.NewEncoder(os.Stdout).Encode(reports))
}

// The results of readiness probes: the first for a container is what holds before any probe, the second is a decision.
type decisions struct {
	results.Manager
	node *kubelet
	seen map[kubecontainer.ContainerID]bool
}

func (d *decisions) Set(id kubecontainer.ContainerID, result results.Result, pod *v1.Pod) {
	d.Manager.Set(id, result, pod)
	d.node.Lock()
	defer d.node.Unlock()
	if d.seen[id] {
		d.node.decided[pod.UID] = true
	}
	d.seen[id] = true
}

// Does what the kubelet does about a result that is another than before (pkg/kubelet/kubelet.go, syncLoopIteration).
func (k *kubelet) follow(ctx context.Context, manager results.Manager) {
	for update := range manager.Updates() {
		k.Lock()
		pod := k.pods[update.PodUID]
		k.Unlock()
		there, _ := k.GetPodStatus(update.PodUID)
		k.manager.UpdatePodStatus(ctx, pod, &there)
		k.Lock()
		k.statuses[update.PodUID] = there
		k.Unlock()
	}
}

func (k *kubelet) isDone() bool {
	k.Lock()
	defer k.Unlock()
	return len(k.decided) == len(k.pods)
}

func (k *kubelet) reportOn(ctx context.Context, pod *v1.Pod) report {
	there, _ := k.GetPodStatus(pod.UID)
	k.manager.UpdatePodStatus(ctx, pod, &there)
	containers := there.ContainerStatuses
	k.Lock()
	defer k.Unlock()
	return report{
		Events:  k.events[pod.UID],
		Ready:   containers[0].Ready,
		Started: *containers[0].Started,
		Restart: k.restart[pod.UID],
		Conditions: []v1.PodCondition{
			status.GeneratePodReadyCondition(pod, &there, there.Conditions, containers, there.Phase),
			status.GenerateContainersReadyCondition(pod, &there, containers, there.Phase),
		},
	}
}

func (k *kubelet) GetPodStatus(uid types.UID) (v1.PodStatus, bool) {
	k.Lock()
	defer k.Unlock()
	there, found := k.statuses[uid]
	return *there.DeepCopy(), found
}

// Runs no command: containers are not here.
func (k *kubelet) RunInContainer(context.Context, kubecontainer.ContainerID, []string, time.Duration) ([]byte, error) {
	return nil, errors.New("no container")
}

func (k *kubelet) Event(about runtime.Object, kind, reason, message string) {
	k.Lock()
	defer k.Unlock()
	uid := about.(*v1.ObjectReference).UID
	k.events[uid] = append(k.events[uid], event{kind, reason, message})
}

func (k *kubelet) Eventf(about runtime.Object, kind, reason, message string, args ...interface{}) {
	k.Event(about, kind, reason, fmt.Sprintf(message, args...))
}

func (k *kubelet) AnnotatedEventf(about runtime.Object, _ map[string]string, kind, reason, message string, args ...interface{}) {
	k.Eventf(about, kind, reason, message, args...)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

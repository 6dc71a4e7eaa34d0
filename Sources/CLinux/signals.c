// Signals reach the loop through a pipe. A handler rather than signalfd or sigwait, because those lose signals to any
// thread that was started before they were blocked, and some threads are not ours to start.
#include "shim.h"
#include <stdatomic.h>

// A signal handler has no context but the process: this is the kernel's own scope for it.
static _Atomic int pipes[64];

static void forward(int number) {
    int saved = errno;
    int descriptor = atomic_load(&pipes[number & 63]) - 1;
    unsigned char byte = (unsigned char)number;
    if (descriptor >= 0 && write(descriptor, &byte, 1) < 0) {
        // The pipe is full of signals that were not yet looked at; one more says nothing new.
    }
    errno = saved;
}

int dragoman_forward_signal(int number, int descriptor) {
    if (number <= 0 || number >= 64) {
        errno = EINVAL;
        return -1;
    }
    struct sigaction action = {0};
    action.sa_handler = descriptor < 0 ? SIG_DFL : forward;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    atomic_store(&pipes[number], descriptor < 0 ? 0 : descriptor + 1);
    return sigaction(number, &action, 0);
}

void dragoman_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

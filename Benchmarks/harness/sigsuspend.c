// Preloaded under valgrind 3.19, which writes into the mask that sigsuspend(2) is given. libdispatch, where Swift's main
// thread waits, gives it a constant.
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
    sigset_t copy = *mask;
    return (int)syscall(SYS_rt_sigsuspend, &copy, (size_t)8);
}

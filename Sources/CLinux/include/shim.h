// What Swift's Glibc module does not import: epoll, accept4 and what needs a C union or a signal handler.
#ifndef DRAGOMAN_CLINUX_H
#define DRAGOMAN_CLINUX_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

// glibc declares these for _GNU_SOURCE only, which would change structures that Swift's Glibc module has as well.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int pipe2(int *, int);
extern int pthread_setname_np(pthread_t, const char *);

static inline int dragoman_accept4(int descriptor, struct sockaddr *address, socklen_t *length) {
    return accept4(descriptor, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static inline int dragoman_errno(void) { return errno; }

static inline void dragoman_return_free_memory(void) { malloc_trim(0); }

static inline int dragoman_stream_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static inline int dragoman_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

static inline int dragoman_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, 0);
}

static inline uint64_t dragoman_event_token(const struct epoll_event *event) { return event->data.u64; }

static inline ssize_t dragoman_send(int descriptor, const void *bytes, size_t count) {
    return send(descriptor, bytes, count, MSG_NOSIGNAL);
}

static inline ssize_t dragoman_send_all(int descriptor, struct iovec *pieces, size_t count) {
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = count};
    return sendmsg(descriptor, &message, MSG_NOSIGNAL);
}

static inline int dragoman_unread_bytes(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) < 0 ? 0 : count;
}

// Makes close() send RST and forget what is unsent.
static inline void dragoman_reset_on_close(int descriptor) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

static inline int dragoman_set_option(int descriptor, int level, int name, int value) {
    return setsockopt(descriptor, level, name, &value, sizeof value);
}

// From now on `number` is written as one byte to `descriptor`; a descriptor below zero restores the default.
int dragoman_forward_signal(int number, int descriptor);
void dragoman_ignore_broken_pipes(void);

// Processors that this process may run on; 0 when the kernel does not say.
extern int sched_getaffinity(pid_t, size_t, void *);
static inline int dragoman_processors(void) {
    unsigned long set[16] = {0};
    if (sched_getaffinity(0, sizeof(set), set) != 0) return 0;
    int count = 0;
    for (int word = 0; word < 16; word++) count += __builtin_popcountl(set[word]);
    return count;
}

#endif

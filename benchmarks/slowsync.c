/* Preloaded into a server: every flush to disk takes SLOW_SYNC_US microseconds longer, as on a cloud's disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int later(const char *name, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *delay = getenv("SLOW_SYNC_US");
    if (delay) usleep((useconds_t)atoi(delay));
    return real(file);
}

int fsync(int file) { return later("fsync", file); }

int fdatasync(int file) { return later("fdatasync", file); }

#include "pipeline/workers/sandbox.h"

#include <seccomp.h>
#include <sys/resource.h>

#include <cerrno>

#include "core/handle.h"

namespace sohoa {
namespace {

void limit(decltype(RLIMIT_AS) what, rlim_t value) {
  const rlimit both{value, value};
  setrlimit(what, &both);
}

}  // namespace

bool enterSandbox(int megabytes, int dataMegabytes) {
  limit(RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__  // ASan's shadow memory alone reserves terabytes of address space
  limit(RLIMIT_AS, static_cast<rlim_t>(megabytes) << 20);
  if (dataMegabytes > 0) limit(RLIMIT_DATA, static_cast<rlim_t>(dataMegabytes) << 20);
#else
  (void)megabytes, (void)dataMegabytes;
#endif
  // A deny list, not an allow list: libraries change their harmless system calls from version to
  // version, and the aim is only that a scan cannot communicate.
  const Handle<void, seccomp_release> filter(seccomp_init(SCMP_ACT_ALLOW));
  if (!filter) return false;
  for (const int call : {SCMP_SYS(socket),
                         SCMP_SYS(socketpair),
                         SCMP_SYS(connect),
                         SCMP_SYS(bind),
                         SCMP_SYS(listen),
                         SCMP_SYS(accept),
                         SCMP_SYS(accept4),
                         SCMP_SYS(execve),
                         SCMP_SYS(execveat),
                         SCMP_SYS(ptrace),
                         SCMP_SYS(process_vm_readv),
                         SCMP_SYS(process_vm_writev),
                         SCMP_SYS(mount),
                         SCMP_SYS(umount2),
                         SCMP_SYS(bpf),
                         SCMP_SYS(perf_event_open),
                         SCMP_SYS(keyctl),
                         SCMP_SYS(add_key),
                         SCMP_SYS(request_key),
                         SCMP_SYS(init_module),
                         SCMP_SYS(finit_module),
                         SCMP_SYS(unshare),
                         SCMP_SYS(setns),
                         SCMP_SYS(fork),
                         SCMP_SYS(vfork)}) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0) != 0) return false;
  }
  return seccomp_load(filter.get()) == 0;
}

}  // namespace sohoa

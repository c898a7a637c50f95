#pragma once

namespace sohoa {

/// Gives up what a process that parses scans has no use for: core dumps, more memory than
/// `megabytes`, the network, other programs, other processes. Irrevocable. Call once the libraries
/// have loaded what they need. Returns false when the kernel has no seccomp (the limits still hold).
bool enterSandbox(int megabytes);

}  // namespace sohoa

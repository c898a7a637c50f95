#pragma once

#include <string>
#include <vector>

namespace sohoa::test {

/// Hosts that reach each other by a network only: network namespaces (ip-netns(8)) on one bridge,
/// to which this machine belongs, too. The destructor takes everything down again.
class Network {
 public:
  /// Throws std::runtime_error with the system's words where namespaces cannot be made: without
  /// root, or in a container that may not.
  explicit Network(int hosts);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  /// This machine, as the hosts reach it.
  std::string address() const { return subnet_ + ".1"; }
  /// The command as run by a host.
  std::vector<std::string> on(int host, std::vector<std::string> command) const;
  /// Pulls out the host's cable, or puts it back.
  void cut(int host) const { link(host, "down"); }
  void mend(int host) const { link(host, "up"); }

 private:
  std::string nameOf(int host) const;
  std::string cableOf(int host) const;
  void link(int host, const std::string& state) const;
  void takeDown() const noexcept;

  int hosts_;
  std::string subnet_;
};

}  // namespace sohoa::test

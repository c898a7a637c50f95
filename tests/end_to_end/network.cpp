#include "tests/end_to_end/network.h"

#include <unistd.h>

#include <stdexcept>

#include "tests/support/process.h"

namespace sohoa::test {
namespace {

void ip(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {"ip"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const CommandResult result = runCommand(command);
  if (!result.ok()) throw std::runtime_error(result.describe());
}

/// Names of interfaces have at most 15 letters.
std::string bridge() { return "sohoa" + std::to_string(::getpid()); }

}  // namespace

Network::Network(int hosts)
    : hosts_(hosts),
      // 198.18.0.0/15 is set aside for tests of network devices (RFC 2544).
      subnet_("198.18." + std::to_string(::getpid() % 256)) {
  if (!hasProgram("ip")) throw std::runtime_error("there is no program ip (package iproute2)");
  try {
    ip({"link", "add", bridge(), "type", "bridge"});
    ip({"addr", "add", address() + "/24", "dev", bridge()});
    ip({"link", "set", bridge(), "up"});
    for (int host = 0; host < hosts; ++host) {
      const std::string name = nameOf(host);
      ip({"netns", "add", name});
      ip({"link", "add", cableOf(host), "type", "veth", "peer", "name", "eth0", "netns", name});
      ip({"link", "set", cableOf(host), "master", bridge(), "up"});
      ip({"-n", name, "addr", "add", subnet_ + "." + std::to_string(host + 2) + "/24", "dev",
          "eth0"});
      ip({"-n", name, "link", "set", "lo", "up"});
      ip({"-n", name, "link", "set", "eth0", "up"});
    }
  } catch (...) {
    takeDown();
    throw;
  }
}

Network::~Network() { takeDown(); }

std::vector<std::string> Network::on(int host, std::vector<std::string> command) const {
  command.insert(command.begin(), {"ip", "netns", "exec", nameOf(host)});
  return command;
}

std::string Network::nameOf(int host) const { return bridge() + "-" + std::to_string(host); }
std::string Network::cableOf(int host) const { return bridge() + "c" + std::to_string(host); }

void Network::link(int host, const std::string& state) const {
  ip({"link", "set", cableOf(host), state});
}

void Network::takeDown() const noexcept {
  for (int host = 0; host < hosts_; ++host) {
    runCommand({"ip", "netns", "delete", nameOf(host)});  // its end of the cable goes with it
  }
  runCommand({"ip", "link", "delete", bridge()});
}

}  // namespace sohoa::test

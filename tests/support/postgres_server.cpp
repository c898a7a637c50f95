#include "tests/support/postgres_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>
#include <vector>

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

int freePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

/// Debian keeps the programs of each major version in a folder of its own.
fs::path programs() {
  for (const int version : {15, 16, 17}) {
    const fs::path folder = "/usr/lib/postgresql/" + std::to_string(version) + "/bin";
    if (fs::exists(folder / "initdb")) return folder;
  }
  throw std::runtime_error("no PostgreSQL server is installed");
}

/// The server refuses to run as root.
std::vector<std::string> asPostgres(std::vector<std::string> command) {
  std::vector<std::string> whole = {"setpriv", "--pdeathsig", "QUIT"};
  if (::geteuid() == 0) {
    whole.insert(whole.end(), {"--reuid=postgres", "--regid=postgres", "--clear-groups"});
  }
  whole.insert(whole.end(), command.begin(), command.end());
  return whole;
}

void require(const CommandResult& result) {
  if (!result.ok()) throw std::runtime_error(result.describe());
}

}  // namespace

PostgresServer::PostgresServer(const std::string& host) {
  const fs::path programsFolder = programs();
  if (::geteuid() == 0) require(runCommand({"chown", "postgres", folder_.path().string()}));
  const std::string data = (folder_ / "data").string();
  CommandOptions here;
  here.folder = "/tmp";
  require(runCommand(asPostgres({(programsFolder / "initdb").string(), "-D", data, "-A", "trust",
                                 "-U", "sohoa", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"}),
                     here));
  if (host != "127.0.0.1") {
    require(
        runCommand({"sh", "-c", "echo host all all 0.0.0.0/0 trust >> " + data + "/pg_hba.conf"}));
  }
  port_ = freePort();
  server_ = std::make_unique<Child>(
      asPostgres({(programsFolder / "postgres").string(), "-D", data, "-k", folder_.path().string(),
                  "-p", std::to_string(port_), "-c", "fsync=off", "-c",
                  "listen_addresses=" + (host == "127.0.0.1" ? host : "127.0.0.1," + host), "-c",
                  "max_connections=60"}),
      here);
  for (int i = 0;; ++i) {
    const auto ready = runCommand({(programsFolder / "pg_isready").string(), "-q", "-h",
                                   "127.0.0.1", "-p", std::to_string(port_)});
    if (ready.ok()) return;
    if (const auto ended = server_->waitFor(std::chrono::milliseconds(100)); ended || i == 300) {
      throw std::runtime_error(ended ? ended->describe() : "the server does not come up");
    }
  }
}

PostgresServer::~PostgresServer() {
  server_->signal(SIGINT);  // "fast shutdown"
  server_->waitFor(std::chrono::seconds(20));
}

std::string PostgresServer::database(const std::string& name) {
  const std::string server = "postgresql://sohoa@127.0.0.1:" + std::to_string(port_) + "/";
  const auto known = runCommand({"psql", "-qAt", server + "postgres", "-c",
                                 "SELECT 1 FROM pg_database WHERE datname = '" + name + "'"});
  require(known);
  if (known.out.empty()) {
    require(
        runCommand({"psql", "-q", server + "postgres", "-c", "CREATE DATABASE \"" + name + "\""}));
  }
  return server + name;
}

void PostgresServer::cutConnections() {
  require(runCommand({"psql", "-qAt",
                      "postgresql://sohoa@127.0.0.1:" + std::to_string(port_) + "/postgres", "-c",
                      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                      "pg_backend_pid() AND backend_type = 'client backend'"}));
}

}  // namespace sohoa::test

#pragma once

#include <memory>
#include <string>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::test {

/// A PostgreSQL server of the test's own, in a temporary folder, on a free port of loopback. As
/// root it runs as the user "postgres", which Debian's package makes. The destructor stops it.
class PostgresServer {
 public:
  /// Throws std::runtime_error when there is no server to be had, with its own words.
  /// `host`: where it listens, beside loopback's 127.0.0.1.
  explicit PostgresServer(const std::string& host = "127.0.0.1");
  ~PostgresServer();

  /// Address of a database, which is made when it is not there.
  std::string database(const std::string& name);
  int port() const { return port_; }
  /// Ends every connection there is, as a restart would.
  void cutConnections();

 private:
  TemporaryFolder folder_;
  int port_ = 0;
  std::unique_ptr<Child> server_;
};

}  // namespace sohoa::test

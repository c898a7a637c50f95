#include "tests/scanning/terminal.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace sohoa::test {

using Steady = std::chrono::steady_clock;

Terminal::Terminal(const std::vector<std::string>& arguments,
                   const std::map<std::string, std::string>& environment) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  winsize size{40, 110, 0, 0};
  pid_ = ::forkpty(&fd_, nullptr, nullptr, &size);
  if (pid_ < 0) throw std::runtime_error("forkpty");
  if (pid_ == 0) {
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
}

Terminal::~Terminal() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(fd_);
}

bool Terminal::readSome(int milliseconds) {
  pollfd ready{fd_, POLLIN, 0};
  if (::poll(&ready, 1, milliseconds) <= 0) return false;
  char buffer[4096];
  const ssize_t n = ::read(fd_, buffer, sizeof buffer);
  if (n > 0) screen_.append(buffer, static_cast<std::size_t>(n));
  return n > 0;
}

bool Terminal::sees(const std::string& text, std::chrono::seconds time) {
  const auto until = Steady::now() + time;
  while (screen_.find(text, typedAt_) == std::string::npos) {
    if (Steady::now() > until) return false;
    readSome(50);
  }
  return true;
}

void Terminal::type(const std::string& line) {
  typedAt_ = screen_.size();
  const std::string whole = line + "\n";
  (void)!::write(fd_, whole.data(), whole.size());
}

int Terminal::ends(std::chrono::seconds time) {
  const auto until = Steady::now() + time;
  int status = 0;
  while (::waitpid(pid_, &status, WNOHANG) == 0) {
    if (Steady::now() > until) return -1;
    readSome(20);
  }
  pid_ = -1;
  while (readSome(0)) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace sohoa::test

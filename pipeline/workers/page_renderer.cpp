#include "pipeline/workers/page_renderer.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

#include "pipeline/workers/message_framing.h"

namespace sohoa {
namespace {

constexpr int kRendererFd = 3;
constexpr std::chrono::seconds kPageLimit{10};
/// A larger document is not copied to the program.
constexpr std::size_t kLargestDocument = 256u << 20;

[[noreturn]] void becomeProgram(const std::string& program, int fd) {
  if (fd != kRendererFd) ::dup2(fd, kRendererFd);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::dup2(nothing, standard);
  }
  ::fcntl(kRendererFd, F_SETFD, 0);
  ::close_range(kRendererFd + 1, ~0u, 0);
  const char* const arguments[] = {program.c_str(), nullptr};
  const char* const environment[] = {"LC_ALL=C.UTF-8", nullptr};
  ::execve(program.c_str(), const_cast<char* const*>(arguments),
           const_cast<char* const*>(environment));
  ::_exit(127);
}

/// What a program that ended has not read of its request.
void discardRequest(int fd) {
  char piece[1 << 16];
  constexpr int kQuiet = 100;  // milliseconds: its sender waits for the answer
  pollfd wait{fd, POLLIN, 0};
  while (::poll(&wait, 1, kQuiet) > 0 && ::recv(fd, piece, sizeof piece, MSG_DONTWAIT) > 0) {
  }
}

/// The body of the helper: starts the program for the first request, which it does not read itself,
/// and again after one that the program did not survive; that one is answered with nothing.
[[noreturn]] void startWhenAsked(const std::string& program, int fd) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGPIPE, SIG_IGN);
  for (;;) {
    char first = 0;
    const ssize_t waiting = ::recv(fd, &first, 1, MSG_PEEK);
    if (waiting < 0 && errno == EINTR) continue;
    if (waiting != 1) ::_exit(0);
    const pid_t child = ::fork();
    if (child == 0) becomeProgram(program, fd);
    int status = 0;
    if (child < 0 || (::waitpid(child, &status, 0) == child && status == 0)) ::_exit(0);
    discardRequest(fd);
    sendFrame(fd, "");
  }
}

}  // namespace

std::filesystem::path RenderProcess::programBeside(const std::filesystem::path& self) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(self, error);
  const std::filesystem::path folder = real.parent_path();
  const std::filesystem::path installed = folder.parent_path() / "libexec/sohoa/sohoa-render";
  return std::filesystem::exists(installed, error) ? installed : folder / "sohoa-render";
}

RenderProcess::RenderProcess(std::filesystem::path program) {
  std::error_code error;
  if (program.empty() || !std::filesystem::exists(program, error)) return;
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(ends[0]);
    startWhenAsked(program.native(), ends[1]);
  }
  ::close(ends[1]);
  if (pid_ < 0) {
    ::close(ends[0]);
    return;
  }
  fd_ = ends[0];
}

RenderProcess::~RenderProcess() { end(); }

void RenderProcess::end() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::optional<PagePicture> RenderProcess::draw(std::string_view document, std::size_t page) {
  if (fd_ < 0 || document.size() > kLargestDocument) return std::nullopt;
  sendFrame(fd_, (std::to_string(page) + '\n').append(document));
  const auto deadline = std::chrono::steady_clock::now() + kPageLimit;
  std::string buffer, reply;
  char piece[1 << 16];
  while (!takeFrame(buffer, reply)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd wait{fd_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&wait, 1, static_cast<int>(left.count())) == 0) {
      end();
      return std::nullopt;
    }
    const ssize_t got = ::recv(fd_, piece, sizeof piece, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      end();
      return std::nullopt;
    }
    buffer.append(piece, static_cast<std::size_t>(got));
  }
  return decodePicture(reply);
}

}  // namespace sohoa

#include "signing/keys/remote_key.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>

#include "core/result.h"
#include "signing/keys/key_material.h"
#include "signing/keys/key_use.h"

namespace sohoa {
namespace {

/// More than signing one document honestly needs; limits what a compromised child can get signed.
constexpr int kMaxSignatures = 16;
constexpr std::uint32_t kMaxMessage = 1 << 20;

bool sendAll(int fd, const void* data, std::size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t n = ::send(fd, at, size, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

bool receiveAll(int fd, void* data, std::size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t n = ::recv(fd, at, size, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

/// Message between the processes, in both directions.
struct Message {
  enum class Kind : std::uint8_t { certificate, intermediate, ready, digest, signature, error };
  Kind kind = Kind::ready;
  SignatureAlgorithm algorithm;  ///< for Kind::digest
  Cause cause{};                 ///< for Kind::error
  std::string text;
};

bool sendMessage(int fd, const Message& message) {
  const std::uint32_t head[5] = {
      static_cast<std::uint32_t>(message.kind),
      static_cast<std::uint32_t>(message.algorithm.digest), message.algorithm.pss ? 1u : 0u,
      static_cast<std::uint32_t>(message.cause), static_cast<std::uint32_t>(message.text.size())};
  return sendAll(fd, head, sizeof head) && sendAll(fd, message.text.data(), message.text.size());
}

std::optional<Message> receiveMessage(int fd) {
  std::uint32_t head[5];
  if (!receiveAll(fd, head, sizeof head)) return std::nullopt;
  if (head[0] > static_cast<std::uint32_t>(Message::Kind::error) || head[1] > 2 ||
      head[4] > kMaxMessage) {
    return std::nullopt;
  }
  Message message;
  message.kind = static_cast<Message::Kind>(head[0]);
  message.algorithm = {static_cast<SignatureDigest>(head[1]), head[2] != 0};
  message.cause = static_cast<Cause>(head[3]);
  message.text.resize(head[4]);
  if (!receiveAll(fd, message.text.data(), message.text.size())) return std::nullopt;
  return message;
}

class RemoteSigner final : public DigestSigner {
 public:
  explicit RemoteSigner(int fd) : fd_(fd) {}
  std::string sign(const std::string& digest, SignatureAlgorithm algorithm) override {
    std::optional<Message> reply;
    if (sendMessage(fd_, {Message::Kind::digest, algorithm, {}, digest})) {
      reply = receiveMessage(fd_);
    }
    if (reply && reply->kind == Message::Kind::signature) return reply->text;
    if (reply && reply->kind == Message::Kind::error) throw BatchError(reply->cause, reply->text);
    throw BatchError(Cause::signingStopped, "the process with the key is gone");
  }

 private:
  int fd_;
};

/// Receives the key in the child; nullopt when the parent could not load it.
std::optional<SigningKey> receiveKey(int fd) {
  std::string certificate;
  std::vector<std::string> intermediates;
  while (auto message = receiveMessage(fd)) {
    if (message->kind == Message::Kind::certificate) certificate = message->text;
    if (message->kind == Message::Kind::intermediate) intermediates.push_back(message->text);
    if (message->kind == Message::Kind::ready) {
      return SigningKey::withSigner(std::make_shared<RemoteSigner>(fd), certificate,
                                    std::move(intermediates));
    }
  }
  return std::nullopt;
}

[[noreturn]] void workAsChild(int fd, const std::function<int(const SigningKey&)>& work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  int code = 1;
  try {
    if (const auto key = receiveKey(fd)) code = work(*key);
  } catch (const BatchError& error) {
    sendMessage(fd, {Message::Kind::error, {}, error.cause(), error.detail()});
  } catch (const std::exception& error) {
    sendMessage(fd, {Message::Kind::error, {}, Cause::signingStopped, error.what()});
  }
  std::fflush(nullptr);
  ::_exit(code);  // no exit handlers: the parent registered them for itself
}

void serve(int fd, const SigningKey& key) {
  sendMessage(fd, {Message::Kind::certificate, {}, {}, key.material().der});
  for (const std::string& der : key.material().intermediates) {
    sendMessage(fd, {Message::Kind::intermediate, {}, {}, der});
  }
  sendMessage(fd, {Message::Kind::ready, {}, {}, ""});
  for (int n = 0; n < kMaxSignatures; ++n) {
    const auto message = receiveMessage(fd);
    if (!message) return;
    if (message->kind == Message::Kind::error) throw BatchError(message->cause, message->text);
    if (message->kind != Message::Kind::digest) return;
    Message reply{Message::Kind::signature, {}, {}, ""};
    try {
      reply.text = signDigest(key.material(), message->algorithm, message->text);
    } catch (const BatchError& error) {
      reply = {Message::Kind::error, {}, error.cause(), error.detail()};
    }
    if (!sendMessage(fd, reply)) return;
  }
}

struct Socket {
  int fd;
  ~Socket() { ::close(fd); }
};

struct ChildProcess {
  pid_t pid;
  int wait() {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  ~ChildProcess() {
    if (pid > 0) wait();
  }
};

}  // namespace

int signOutside(const std::function<SigningKey()>& loadKey,
                const std::function<int(const SigningKey&)>& work) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    throw BatchError(Cause::signingStopped, std::strerror(errno));
  }
  std::fflush(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0) throw BatchError(Cause::signingStopped, std::strerror(errno));
  if (pid == 0) {
    ::close(ends[0]);
    workAsChild(ends[1], work);
  }
  ::close(ends[1]);
  ChildProcess child{pid};
  const Socket socket{ends[0]};  // destroyed before `child`: a child waiting for a key then ends
  serve(socket.fd, loadKey());
  const int code = child.wait();
  if (code < 0) throw BatchError(Cause::signingStopped, "the signing process died");
  return code;
}

}  // namespace sohoa

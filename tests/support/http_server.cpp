#include "tests/support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <set>
#include <sstream>
#include <system_error>
#include <thread>
#include <vector>

namespace sohoa::test {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int listenOnLoopback() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("bind");
  if (::listen(fd, 64) != 0) fail("listen");
  return fd;
}

int portOf(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("getsockname");
  return ntohs(address.sin_port);
}

/// One request off the connection; false when the other side has closed it.
bool readRequest(int fd, std::string& buffer, ServedRequest& request) {
  const auto more = [&] {
    char chunk[16384];
    const ssize_t n = ::recv(fd, chunk, sizeof chunk, 0);
    if (n <= 0) return false;
    buffer.append(chunk, static_cast<std::size_t>(n));
    return true;
  };
  std::size_t end = 0;
  while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return false;
  }
  std::istringstream head(buffer.substr(0, end));
  std::string line;
  std::getline(head, line);
  std::istringstream(line) >> request.method >> request.path;
  std::size_t length = 0;
  while (std::getline(head, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    const std::string name = line.substr(0, colon), value = line.substr(colon + 2);
    request.headers[name] = value;
    if (::strcasecmp(name.c_str(), "Content-Length") == 0) length = std::stoul(value);
    if (::strcasecmp(name.c_str(), "Content-Type") == 0) request.contentType = value;
    if (::strcasecmp(name.c_str(), "Authorization") == 0) request.authorization = value;
  }
  buffer.erase(0, end + 4);
  while (buffer.size() < length) {
    if (!more()) return false;
  }
  request.body = buffer.substr(0, length);
  buffer.erase(0, length);
  return true;
}

bool sendAll(int fd, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = ::send(fd, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (n <= 0) return false;
    at += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

struct HttpServer::State {
  std::function<ServedReply(const ServedRequest&)> answer;
  int listener = -1, port = 0;
  std::atomic<int> served{0}, connections{0};
  std::mutex mutex;
  std::set<int> open;
  std::vector<std::thread> threads;
  bool closing = false;

  void serve(int fd) {
    std::string buffer;
    for (ServedRequest request; readRequest(fd, buffer, request); request = {}) {
      ++served;
      const ServedReply reply = answer(request);
      std::this_thread::sleep_for(reply.delay);
      if (reply.hangUp) break;
      std::string head = "HTTP/1.1 " + std::to_string(reply.status) +
                         " Test\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n";
      if (!reply.contentType.empty()) head += "Content-Type: " + reply.contentType + "\r\n";
      if (!reply.location.empty()) head += "Location: " + reply.location + "\r\n";
      if (!sendAll(fd, head + "\r\n" + reply.body)) break;
    }
    const std::lock_guard guard(mutex);
    open.erase(fd);
    ::close(fd);
  }

  void acceptAll() {
    for (;;) {
      const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) return;  // the destructor shut it down
      const int on = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      const std::lock_guard guard(mutex);
      if (closing) {
        ::close(fd);
        return;
      }
      open.insert(fd);
      ++connections;
      threads.emplace_back([this, fd] { serve(fd); });
    }
  }
  std::thread acceptor;
};

HttpServer::HttpServer(std::function<ServedReply(const ServedRequest&)> answer)
    : state_(std::make_unique<State>()) {
  state_->answer = std::move(answer);
  state_->listener = listenOnLoopback();
  state_->port = portOf(state_->listener);
  state_->acceptor = std::thread([state = state_.get()] { state->acceptAll(); });
}

HttpServer::~HttpServer() {
  {
    const std::lock_guard guard(state_->mutex);
    state_->closing = true;
    ::shutdown(state_->listener, SHUT_RDWR);
    for (int fd : state_->open) ::shutdown(fd, SHUT_RDWR);
  }
  state_->acceptor.join();
  for (std::thread& thread : state_->threads) thread.join();
  ::close(state_->listener);
}

int HttpServer::port() const { return state_->port; }

std::string HttpServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(state_->port) + path;
}

int HttpServer::served() const { return state_->served; }
int HttpServer::connections() const { return state_->connections; }

int freePort() {
  const int fd = listenOnLoopback();
  const int port = portOf(fd);
  ::close(fd);
  return port;
}

}  // namespace sohoa::test

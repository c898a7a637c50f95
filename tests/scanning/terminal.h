#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace sohoa::test {

/// A command at a terminal of its own, and a person who reads and types.
class Terminal {
 public:
  Terminal(const std::vector<std::string>& arguments,
           const std::map<std::string, std::string>& environment);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Reads until `text` has come since the last line typed; false when the time is up.
  bool sees(const std::string& text, std::chrono::seconds time = std::chrono::seconds(20));
  void type(const std::string& line);
  /// Exit code, -1 when it did not end by itself in time.
  int ends(std::chrono::seconds time = std::chrono::seconds(20));
  /// All that was on the screen.
  const std::string& screen() const { return screen_; }

 private:
  bool readSome(int milliseconds);
  int fd_ = -1, pid_ = -1;
  std::string screen_;
  std::size_t typedAt_ = 0;
};

}  // namespace sohoa::test

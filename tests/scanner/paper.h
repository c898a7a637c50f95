#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/files.h"

namespace sohoa::test {

/// The paper of the driver in paper_backend.cpp, and the hands that move it. Sheet n shows n on its
/// front and 1000 + n on its back.
class Paper {
 public:
  explicit Paper(int sheets);

  /// For a process that is to find this scanner, and no other.
  std::map<std::string, std::string> environment() const;
  static std::string device() { return "paper:0"; }

  /// The whole stack goes into the feeder so that this sheet lies on top; what comes before it
  /// stays out. Turned: fronts down, and the sheets before it below.
  void putOnTop(int sheet, bool turned = false) const;
  /// Only these sheets, in this order.
  void putIn(const std::vector<std::pair<int, int>>& sheets) const;
  /// While page `number` is read: jam, cover, gone, hang, crash.
  void failAt(int number, const std::string& what) const;
  void setPace(int millisecondsPerPage) const;
  void setAhead(int sheets) const;
  int inFeeder() const;
  /// In colour scans page `number` shows this picture (a JPEG file) instead of its number.
  void show(int number, const std::string& jpeg) const;

  /// The number that a scanned page file shows; -1 when it shows none.
  static int numberOn(const std::filesystem::path& page);

 private:
  TemporaryFolder folder_;
  int sheets_;
};

/// A folder for SANE_CONFIG_DIR that names one driver.
void nameDriver(const std::filesystem::path& folder, const std::string& driver);

}  // namespace sohoa::test

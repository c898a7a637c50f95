#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "core/digest.h"

namespace sohoa {

/// Digest of names, sizes, times and inodes of everything in a folder. A changed value means that
/// the folder is still being written. Throws std::filesystem::filesystem_error.
Sha512 shapeOf(const std::filesystem::path& folder);

/// Whether the folder contains exactly the files of its manifest, with their hashes. True without a
/// manifest. Throws std::filesystem::filesystem_error.
bool manifestHolds(const std::filesystem::path& folder);

/// Tells which folders have stopped changing. Judged by changes between two looks and by a
/// monotonic clock, never by file times: copies keep old times, and the clocks of network shares
/// may be wrong.
class BatchGrowth {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit BatchGrowth(std::chrono::milliseconds settle) : settle_(settle) {}

  enum class State {
    growing,     ///< changed within the settling time
    incomplete,  ///< settled, but the manifest does not match: more files are expected
    complete,    ///< settled, and the manifest matches
  };
  /// Examines a closed batch. Its files are read once each time it settles.
  State look(const std::filesystem::path& folder, Time now);
  /// Forgets folders that are not in `present`.
  void keepOnly(const std::map<std::string, bool>& present);
  /// Whether any folder may settle or be completed soon. A look is then due even without an event,
  /// since events of a new folder may have been missed.
  bool anyGrowing() const;

 private:
  struct Seen {
    Sha512 shape;
    Time since;
    State state = State::growing;
  };
  std::chrono::milliseconds settle_;
  std::map<std::string, Seen> seen_;
};

}  // namespace sohoa

#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "core/digest.h"

namespace sohoa {

/// Names, sizes, times and inodes of everything in a folder: another value means that somebody is
/// still at work in it. Throws std::filesystem::filesystem_error.
Sha512 shapeOf(const std::filesystem::path& folder);

/// Whether every file that the folder's manifest lists is there with its hash, and no other. True
/// without a manifest. Throws std::filesystem::filesystem_error.
bool manifestHolds(const std::filesystem::path& folder);

/// Which folders have come to rest. Judged by what changes between two looks and by a clock that
/// only goes forward, never by the times that files bear: copies bring old ones, shares wrong ones.
class BatchGrowth {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit BatchGrowth(std::chrono::milliseconds settle) : settle_(settle) {}

  enum class State {
    growing,     ///< changed a moment ago
    incomplete,  ///< at rest, but its manifest does not hold: files are still to come
    complete,    ///< at rest, and its manifest holds
  };
  /// Looks at a closed batch. Reads its files once for each time that it comes to rest.
  State look(const std::filesystem::path& folder, Time now);
  /// Forgets folders that are not among these.
  void keepOnly(const std::map<std::string, bool>& present);
  /// Whether anything may come to rest or be completed soon: a look is due without an event, which
  /// may have been missed for a folder that is new.
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

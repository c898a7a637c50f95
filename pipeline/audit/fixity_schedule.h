#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"

namespace sohoa {

/// Schedule for continuously re-reading the repository. Objects are read in the order of their
/// paths, which begin with nine digits of a hash. So equal shares of the key space hold about equal
/// numbers of objects, and no list of objects is needed: the round is a partition of [0, 1) with
/// the time at which each part was last read.
class FixityRound {
 public:
  /// Position of an object in [0, 1), from the hexadecimal digits of "3c0/ff4/240/…"; 0 for any
  /// other path.
  static double placeOf(const std::filesystem::path& objectPath);

  /// The part to read now: `share` of the space from `from` on, around the end to the start.
  struct Share {
    double from = 0, share = 1;
    bool holds(double place) const;
  };
  /// The share to read now so that every part is read once within `days`, at whatever pace this is
  /// called; the whole space after a pause of `days` or more. The first share is one day's.
  Share due(Time now, int days) const;
  /// Records that a share was read.
  void read(const Share& share, Time at);

  /// Time of the oldest reading; nothing while some part was never read.
  std::optional<Time> oldest() const;
  /// Share of the space read at least once.
  double covered() const;

  /// An unreadable or foreign file starts a new round: reading too much does no harm.
  static FixityRound load(const std::filesystem::path& file);
  void save(const std::filesystem::path& file) const;

 private:
  struct Part {
    double from = 0;  ///< the part ends where the next begins, or at 1
    std::optional<Time> at;
  };
  void mark(double from, double to, Time at);
  std::vector<Part> parts_ = {{0, std::nullopt}};
  double next_ = 0;           ///< where the next share begins
  std::optional<Time> last_;  ///< when the last share was read
};

}  // namespace sohoa

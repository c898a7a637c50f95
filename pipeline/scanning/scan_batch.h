#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "scanner/scanner.h"

namespace sohoa {

/// A page file as it was written.
struct ScannedFile {
  std::string name;
  std::uint64_t bytes = 0;
  Sha512 sha512{};
  bool operator==(const ScannedFile&) const = default;
};

/// How the sides of a stack reach the scanner.
enum class ScanSides {
  one,      ///< fronts only
  both,     ///< front and back of a sheet one after the other (duplex)
  inTurns,  ///< all fronts, then the stack turned over: the backs from the last sheet to the first
};
std::string_view nameOf(ScanSides sides);  ///< "one", "both", "in_turns"

/// One stack of paper that goes through the scanner, into a folder of the batch. Sheets count from
/// 1 in the order of the stack.
struct ScanStack {
  std::string folder;  ///< dossier code, or "stack-001": to be separated later
  int firstPage = 1;   ///< number of its first page file
  ScanSides sides = ScanSides::one;
  int counted = 0;  ///< sheets that a person counted; 0: not counted
  std::string device;
  ScanSettings settings;
  std::string person;

  struct Sheet {
    std::vector<ScannedFile> sides;  ///< front, back
  };
  std::vector<Sheet> sheets;
  bool turned = false;  ///< the backs are being scanned
  bool complete = false;
  bool moved = false;   ///< a sheet may have gone through of which there is no page
  std::string trouble;  ///< code of the cause that ended the last load; may be empty

  int backs() const;  ///< sheets with a back
  int pages() const;
  /// The sheet that must lie on top of the feeder; 0 when every back is there.
  int next() const;
  /// What a person is asked to put on top: next(), or, when backs and fronts do not fit together,
  /// the last sheet: all backs once more.
  int onTop() const { return next() == 0 ? static_cast<int>(sheets.size()) : next(); }
  /// Every sheet that is known of has been scanned.
  bool allThere() const;
  /// Number of the page file of a side (0 front, 1 back).
  int pageNumber(int sheet, int side) const;
  /// A person says that this sheet lies on top: what was scanned of it and after it is forgotten.
  void goBackTo(int sheet);
};

/// What a scan knows of its batch: the sum of its journal.
struct ScanBatch {
  enum class State { open, closing, closed };
  State state = State::open;
  bool begun = false;             ///< a stack was begun, even if it was given up
  std::vector<ScanStack> stacks;  ///< complete ones, and at most one at the end that is not

  const ScanStack* unfinished() const {
    return stacks.empty() || stacks.back().complete ? nullptr : &stacks.back();
  }
  /// Pages in a folder so far.
  int pagesOf(std::string_view folder) const;
  int pages() const;
};

}  // namespace sohoa

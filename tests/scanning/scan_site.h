#pragma once

#include <string>
#include <vector>

#include "tests/faults/night_site.h"
#include "tests/scanner/paper.h"

namespace sohoa::test {

/// A site, a scanner with paper in it, and the command between them.
struct ScanSite {
  /// Keys are made once for all tests of a process.
  static NightSite::Options copyOfOneSite();
  explicit ScanSite(int sheets) : site(copyOfOneSite()), paper(sheets) {}

  std::vector<std::string> scanCommand(std::vector<std::string> arguments) const;
  CommandOptions surroundings() const;
  /// `sohoa --json scan --device paper:0 --batch lô --resolution 200 --page-size 40x30 …`
  NightOutput scan(std::vector<std::string> arguments = {}) const;
  /// The numbers that the pages of a folder show, in the order of their names.
  std::vector<int> pagesIn(const std::string& folder, const std::string& batch = "lô") const;
  /// Whether the night may take the batch.
  bool closed(const std::string& batch = "lô") const;
  /// "" when sha512sum finds every page as the manifest says, and there is no other file.
  std::string manifestFailure(const std::string& batch = "lô") const;

  NightSite site;
  Paper paper;
};

/// 1 … sheets; with backs 1, 1001, 2, 1002 …
std::vector<int> inOrder(int sheets, bool backs = false);
/// Cause code that the command gave, "" for none.
std::string causeOf(const NightOutput& output);
/// The sheet that the command asked to be put back on top; 0 when it did not ask.
int askedFor(const NightOutput& output);

}  // namespace sohoa::test

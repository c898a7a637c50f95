#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// Which pages of a stack (from 1) a person gives to a dossier.
struct PageRange {
  std::string code;  ///< dossier code; empty for pages that are set aside
  int first = 0, last = 0;
};
/// "CODE=1-4" or "CODE=7"; without a code "1-4" or "7". False when it is not.
bool parsePageRange(const std::string& text, bool withCode, PageRange& range);

struct SplitOrder {
  std::vector<PageRange> dossiers;  ///< a code may come again: its pages are taken together
  std::vector<PageRange> aside;     ///< belong to no dossier: kept with the stack, not filed
  std::string person, reason;
};

/// What is wrong with an order: an English tr() id with one placeholder, and its value.
struct SplitRefusal {
  const char* what = nullptr;  ///< null: nothing
  std::string value;
};
/// Every page must belong to one dossier, be a separator sheet (or the blank back of one), or be
/// set aside; every code must be in the register.
SplitRefusal checkSplit(const HeldDossier& held, const SplitOrder& order,
                        const Catalogue& catalogue);

/// Divides a held stack as a person says: its dossiers become a closed batch of intake, named as
/// splitBatch says, which the next run files; the stack's scans go to state/processed/. Ledger and
/// catalogue say who and why. Killed anywhere and called again, it ends the same. `program` is the
/// sohoa executable, for the worker that parses the scans. Causes: those of mayAct (an approval),
/// and what keeps a page from being cut out. Throws BatchError.
Result<void> splitStack(const Site& site, const HeldDossier& held, const SplitOrder& order,
                        const std::filesystem::path& program);
std::string splitBatch(const HeldDossier& held);

}  // namespace sohoa

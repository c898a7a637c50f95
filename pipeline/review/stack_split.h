#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// Pages of a stack (from 1) that a person assigns to a dossier.
struct PageRange {
  std::string code;  ///< dossier code; empty for pages set aside
  int first = 0, last = 0;
};
/// Parses "CODE=1-4" or "CODE=7"; without a code "1-4" or "7". False when malformed.
bool parsePageRange(const std::string& text, bool withCode, PageRange& range);

struct SplitOrder {
  std::vector<PageRange> dossiers;  ///< a code may occur several times; its pages are joined
  std::vector<PageRange> aside;     ///< pages of no dossier: kept with the stack, not filed
  std::string person, reason;
};

/// Why an order is refused: an English tr() id with one placeholder, and its value.
struct SplitRefusal {
  const char* what = nullptr;  ///< null: not refused
  std::string value;
};
/// Checks that every page is assigned to one dossier, is a separator sheet (or its blank back), or
/// is set aside, and that every code is in the register.
SplitRefusal checkSplit(const HeldDossier& held, const SplitOrder& order,
                        const Catalogue& catalogue);

/// Divides a held stack as ordered. Its dossiers become a closed batch in intake/, named by
/// splitBatch, which the next run files; the stack's scans move to state/processed/. Ledger and
/// catalogue record person and reason. A call that was killed can be repeated, with the same
/// result. `program` is the sohoa executable, for the worker that parses the scans. Causes: those
/// of mayAct (approval), and problems of cutting out a page. Throws BatchError.
Result<void> splitStack(const Site& site, const HeldDossier& held, const SplitOrder& order,
                        const std::filesystem::path& program);
std::string splitBatch(const HeldDossier& held);

}  // namespace sohoa

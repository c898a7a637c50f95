#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/record.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// The pages of a filed dossier, counted from its record: pages received and what became of them.
/// TT 01/2023/TT-VPCP, Art 8: as many images as paper sides, in order; a page with a sticky note is
/// scanned twice and counts once.
struct PageLedger {
  int declared = 0;    ///< counted on the paper; 0: not counted
  int images = 0;      ///< in the originals, without separator sheets
  int separators = 0;  ///< separator sheets and their backs: kept with the originals
  int replaced = 0;    ///< of the images: superseded by a rescanned page
  int noteShots = 0;   ///< of the images: a page shot again with its sticky note
  int recognised = 0;  ///< pages of the documents that were read
  int flagged = 0;     ///< pages of the documents kept without (trustworthy) text
  /// pages of the documents' PDF files, as counted by the verification of each
  int inDocuments = 0;
  struct Blank {
    std::string document;
    int page = 0;         ///< of the document, from 1
    double inkShare = 0;  ///< 0..1
  };
  std::vector<Blank> blanks;  ///< kept and flagged
  std::vector<PageTwin> twins;

  int pages() const { return images - replaced - noteShots; }  ///< sides of paper
  /// What does not add up, one English sentence with figures for each; empty when everything does.
  std::vector<std::string> faults() const;
};
PageLedger pageLedgerOf(const DossierRecord& record);

/// Sums over many dossiers.
struct PageSums {
  long dossiers = 0, declared = 0, undeclared = 0, images = 0, replaced = 0, noteShots = 0,
       recognised = 0, flagged = 0, blank = 0, inDocuments = 0, twins = 0, unbalanced = 0;
  void add(const PageLedger& ledger);
};
/// Sums over the filed dossiers received from `from` to `to`; calls `visit` for each.
PageSums pageSums(const Catalogue& catalogue, Day from, Day to,
                  const std::function<void(const std::string& code, const PageLedger&)>& visit);

}  // namespace sohoa

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A word recognised with low confidence, and its position.
struct DoubtfulWord {
  std::string text;
  double confidence = 0;
  PixelBox box;  ///< pixels of the image as scanned
};

/// A page as shown to a person.
struct ReviewPage {
  int number = 0;               ///< in the dossier, from 1
  std::string name;             ///< pageName()
  std::filesystem::path image;  ///< file that holds the image
  int pageInFile = 1;           ///< from 1
  bool read = false;            ///< the following figures are known
  bool blank = false;
  double inkShare = 0, confidence = 0;
  int words = 0;
  std::vector<DoubtfulWord> doubtful;
  std::vector<ItemError> problems;  ///< problems of this page
  std::optional<RescanRequest> rescan;
  std::string replaces;  ///< for a rescanned page: name of the previous image
};

/// A field of the document: the value on the page next to the register's.
struct ReviewField {
  std::string name;
  std::string onPage;  ///< as read; empty if filled in by hand or absent
  bool byHand = false, doubtful = false;
  double confidence = 0;
  int page = 0;            ///< page where it is; 0: nowhere
  std::string registered;  ///< for fields that the register has
  std::string keyed, keyedBy;
  /// persons whose value waits for a second person; the value itself is not shown
  std::vector<std::string> waitingFor;
  std::filesystem::path picture;     ///< crop of the place; may be empty
  std::optional<ItemError> problem;  ///< the problem that holds the dossier
};

/// Everything a person needs to decide about a held dossier.
struct ReviewView {
  HeldDossier held;
  std::optional<RegisterRow> registered;
  std::vector<std::string> scannedBy;
  std::vector<ReviewPage> pages;
  std::vector<ReviewField> fields;
  std::vector<PageTwin> twins;
  std::vector<ItemError> general;  ///< problems of no particular page or field
  bool awaitsApproval = false;     ///< nothing else holds it: an approver has to accept it
};

/// Throws BatchError.
ReviewView viewOf(const Site& site, HeldDossier held);

}  // namespace sohoa

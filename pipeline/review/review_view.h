#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "pipeline/dossier/dossier_folders.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A word that recognition is not sure of, and where it stands.
struct DoubtfulWord {
  std::string text;
  double confidence = 0;
  PixelBox box;  ///< in the image as scanned
};

/// A page as a person looks at it.
struct ReviewPage {
  int number = 0;               ///< in the dossier, from 1
  std::string name;             ///< pageName()
  std::filesystem::path image;  ///< the file that holds it
  int pageInFile = 1;           ///< from 1
  bool read = false;            ///< the figures below are known
  bool blank = false;
  double inkShare = 0, confidence = 0;
  int words = 0;
  std::vector<DoubtfulWord> doubtful;
  std::vector<ItemError> problems;  ///< that are about this page
  std::optional<RescanRequest> rescan;
  std::string replaces;  ///< name of the image before, of a page scanned again
};

/// A field of the document: what the page says beside what the register says.
struct ReviewField {
  std::string name;
  std::string onPage;  ///< as read; empty where it is by hand or not there
  bool byHand = false, doubtful = false;
  double confidence = 0;
  int page = 0;            ///< where; 0: nowhere
  std::string registered;  ///< of the fields that the register has
  std::string keyed, keyedBy;
  std::vector<std::string>
      waitingFor;                    ///< persons whose value waits for a second one; not the value
  std::filesystem::path picture;     ///< of the place; may be empty
  std::optional<ItemError> problem;  ///< it holds the dossier
};

/// All that a person needs to decide about a held dossier; the portal shows the same.
struct ReviewView {
  HeldDossier held;
  std::optional<RegisterRow> registered;
  std::vector<std::string> scannedBy;
  std::vector<ReviewPage> pages;
  std::vector<ReviewField> fields;
  std::vector<PageTwin> twins;
  std::vector<ItemError> general;  ///< problems that are about no page and no field
  bool awaitsApproval = false;     ///< nothing holds it but that an approver has to accept it
};

/// Throws BatchError.
ReviewView viewOf(const Site& site, HeldDossier held);

}  // namespace sohoa

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/reading.h"
#include "core/record.h"
#include "core/texts/text.h"
#include "ocr/page/recogniser.h"
#include "ocr/separators/page_signs.h"
#include "pdf/access/access_copy.h"
#include "pdf/incoming/incoming.h"
#include "pdf/pdfa/writer.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// What a worker process does for the supervisor, one at a time. Everything that parses bytes from
/// outside happens there, in a process that has never held a key.
/// Each job is a plain value; a reply is the named result or an ItemError.

/// Look at one file and hash it.
struct InspectJob {
  std::filesystem::path file;
  struct Reply {
    IncomingFile incoming;
    std::uint64_t bytes = 0;
    Sha512 sha512{};
  };
};

/// Recognise one page; the reply is a PageReading.
struct ReadJob {
  std::filesystem::path file;
  int index = 0;  ///< page in the file, from 0
  using Reply = PageReading;
};

/// Cut a part out of a page, as a PNG file for a person's eyes.
struct CropJob {
  std::filesystem::path file;
  int index = 0;
  PixelBox box;
  int rotation = 0;
  std::filesystem::path out;
  struct Reply {};
};

/// Look at one page of a stack for separator sheets and other codes; the reply is a PageSigns.
struct SignsJob {
  std::filesystem::path file;
  int index = 0;
  using Reply = PageSigns;
};

/// Cut pages out of a file of a stack, as a file of their own (pdf/incoming/extract_pages.h).
struct ExtractJob {
  std::filesystem::path file;
  int first = 0, count = 1;
  std::filesystem::path out;
  struct Reply {};
};

/// Package pages as PDF/A; readings lie in files as toJson(PageReading) wrote them.
struct AssembleJob {
  struct Page {
    std::filesystem::path file;
    int index = 0;
    std::filesystem::path reading;
  };
  std::filesystem::path out;
  std::vector<Page> pages;
  PdfInfo info;
  struct Reply {};
};

/// Make the access copy of a filed document.
struct AccessJob {
  std::filesystem::path document, out;
  using Reply = std::vector<AccessPage>;
};

/// Count the pages of a signed PDF and verify its signatures against the anchors in `trust`.
struct CheckJob {
  std::filesystem::path file, trust;
  Time at{};
  /// Made a moment ago, its certificate was asked about before: revocation need not be inside.
  bool justMade = false;
  struct Signature {
    SignatureRecord record;
    std::string indication, subIndication;
    bool whole = false;  ///< covers the whole file
  };
  struct Reply {
    int pages = 0;
    std::string verdict;  ///< over all signatures: TOTAL-PASSED …
    std::vector<Signature> signatures;
    std::vector<std::string> findings;
  };
};

/// Verify the signatures of any PDF for a person or a program; the worker writes the reports too,
/// so that nothing of the file is parsed elsewhere.
struct VerifyJob {
  std::filesystem::path file, trust;
  VerificationOptions options;
  Language language = Language::vi;
  bool xml = false;                        ///< also as ETSI TS 119 102-2
  std::filesystem::path evidence;          ///< folder for the evidence package; empty: none
  std::chrono::milliseconds computing{0};  ///< processor time after which the worker ends; 0: none
  struct Reply {
    std::string verdict;  ///< verdictOf()
    std::string json, page, xml;
    /// Certificates whose revocation is not known: DER of subject and issuer.
    std::vector<std::pair<std::string, std::string>> wanted;
  };
};

}  // namespace sohoa

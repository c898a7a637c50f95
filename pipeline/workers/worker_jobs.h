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

/// Jobs that a worker process does for the supervisor, one at a time. All parsing of bytes from
/// outside happens in workers, which have never held a key. A job is a plain value; its reply is
/// the named result or an ItemError.

/// Inspects and hashes one file.
struct InspectJob {
  std::filesystem::path file;
  struct Reply {
    IncomingFile incoming;
    std::uint64_t bytes = 0;
    Sha512 sha512{};
  };
};

/// Recognises one page; the reply is a PageReading.
struct ReadJob {
  std::filesystem::path file;
  int index = 0;  ///< page in the file, from 0
  using Reply = PageReading;
};

/// Cuts a region out of a page, as a PNG file for review.
struct CropJob {
  std::filesystem::path file;
  int index = 0;
  PixelBox box;
  int rotation = 0;
  std::filesystem::path out;
  struct Reply {};
};

/// Examines one page of a stack for separator sheets and other codes; the reply is a PageSigns.
struct SignsJob {
  std::filesystem::path file;
  int index = 0;
  using Reply = PageSigns;
};

/// Cuts pages out of a file of a stack into a file of their own (pdf/incoming/extract_pages.h).
struct ExtractJob {
  std::filesystem::path file;
  int first = 0, count = 1;
  std::filesystem::path out;
  struct Reply {};
};

/// Packages pages as PDF/A. Readings are files written by toJson(PageReading).
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

/// Makes the access copy of a filed document.
struct AccessJob {
  std::filesystem::path document, out;
  using Reply = std::vector<AccessPage>;
};

/// Counts the pages of a signed PDF and verifies its signatures against the anchors in `trust`.
struct CheckJob {
  std::filesystem::path file, trust;
  Time at{};
  /// Revocation data need not be embedded: for a signature just made, whose certificate was checked
  /// before signing, and for scans that came in signed (IntakeTools::check).
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

/// Verifies the signatures of any PDF. The worker also writes the reports, so that no other process
/// parses the file.
struct VerifyJob {
  std::filesystem::path file, trust;
  VerificationOptions options;
  Language language = Language::vi;
  bool xml = false;                ///< also report as ETSI TS 119 102-2
  std::filesystem::path evidence;  ///< folder for the evidence package; empty: none
  /// CPU time after which the worker is ended; 0: no limit
  std::chrono::milliseconds computing{0};
  struct Reply {
    std::string verdict;  ///< value of verdictOf()
    std::string json, page, xml;
    /// Certificates whose revocation status is unknown: DER of subject and issuer.
    std::vector<std::pair<std::string, std::string>> wanted;
  };
};

}  // namespace sohoa

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/site/appearance_kind.h"
#include "signing/base/signature_level.h"
#include "storage/catalogue/catalogue_store.h"

namespace sohoa {

/// sohoa.toml with defaults filled in. Units in the names.
struct Config {
  std::string agency;            ///< name of the agency as it signs
  bool demo = false;             ///< demonstration site: keys made by `init --demo`
  std::string catalogue;         ///< "postgresql://…" for several hosts; empty: a file of the site

  std::string tessdata = "/usr/share/tesseract-ocr/5/tessdata";
  std::string model = "vie";
  int pageTimeoutSeconds = 120;
  int pageAttempts = 2;
  int workerMemoryMegabytes = 3000;

  double minDpi = 200;           ///< NĐ 30/2020 Annex I: at least 200 dpi
  double minConfidence = 0.70;   ///< mean of a page's words, 0..1
  double maxUnreadInk = 0.50;    ///< share of ink outside words, seals and rules, 0..1

  std::string pdfa = "1b";       ///< of the documents made: "1b" (PDF/A-1b) or "2b" (PDF/A-2b)
  /// A number or day filled in by hand that the register does not have: file the dossier, and count
  /// it once the value is keyed in, instead of holding it before it is signed.
  bool fileByHand = false;

  std::filesystem::path pkcs12 = "keys/agency.p12";          ///< relative to the site
  std::string passwordFile = "keys/agency.password";  ///< or "credential:NAME" of systemd
  std::string pkcs11;   ///< pkcs11: URI (RFC 7512) of a key on a token; instead of pkcs12
  std::string pinFile = "keys/agency.pin";  ///< as passwordFile
  SignatureLevel signatureLevel = SignatureLevel::bB;
  SignatureDigest signatureDigest = SignatureDigest::sha256;
  bool rsaPss = false;
  std::string location;  ///< place of signing; may be empty
  std::vector<std::string> timestampUrls;  ///< RFC 3161 over HTTP, asked in this order
  std::string timestampPolicy, timestampUser, timestampPasswordFile;
  int timestampTimeoutSeconds = 20;
  int timestampRestSeconds = 60;  ///< one that did not answer is not asked for so long
  int renewDays = 90;  ///< archive timestamps are renewed so long before they weaken
  std::string ocspUrl, crlUrl;  ///< for certificates that name no server of their own
  int revocationKeepHours = 12;
  int revocationTimeoutSeconds = 20;
  std::string formOfCopy = "SAO Y";                           ///< NĐ 30/2020 Art 25: form of copy
  std::filesystem::path font;  ///< empty: Liberation Serif of the system
  /// What the batch's signature shows: "copy" (NĐ 30/2020) or "incoming" (TT 01/2019/TT-BNV).
  AppearanceCase copyAppearance = AppearanceCase::copy;
  std::filesystem::path seal;   ///< PNG of the agency's seal with a transparent ground
  double sealMillimetres = 0;   ///< its width; 0: as the PNG says
  std::filesystem::path trust = "trust";
  /// When revocation must be known for a signature to pass: required | offered | available.
  std::string revocation = "offered";

  std::string registerEncoding = "utf-8";  ///< of CSV files: "utf-8" or "windows-1258"
  std::string registerSheet;               ///< of workbooks; empty: the first one
  /// Our name of a column -> its heading in the files of the one-stop system.
  std::map<std::string, std::string> registerColumns;

  /// Two persons must key in the same value before it counts.
  bool doubleKeying = false;
  /// Login names; all empty: everybody may do everything. Else who scanned a dossier does not
  /// approve it, whatever his roles.
  std::vector<std::string> scanRole, keyRole, approveRole;

  std::string scanDevice;               ///< SANE name; empty: the only scanner there is
  std::string scanSource = "feeder";    ///< flatbed | feeder | duplex
  std::string scanMode = "colour";      ///< colour | grey | lineart
  int scanDpi = 300;
  std::string scanPageSize = "A4";      ///< as pageSizeFrom() takes it
  int scanJpegQuality = 92;
  /// Subjects of the certificates of those who scan and sign what they scanned at once: scans with
  /// their signature are digitised, and the agency signs after them.
  std::vector<std::string> scanSigners;

  int watchSettleSeconds = 10;  ///< a closed batch is taken once it has not changed for so long
  int watchPollSeconds = 0;     ///< look that often; 0: when the kernel tells of a change

  int targetPercent = 30;

  std::string retention;  ///< thời hạn bảo quản that a dossier is filed with
  std::string access;     ///< chế độ sử dụng that a dossier is filed with
  std::string archiveId;  ///< mã cơ quan lưu trữ
  std::string fondsId;    ///< mã phông
  std::string medium;     ///< ký hiệu phương tiện lưu trữ, for the list of faulty files
  std::filesystem::path archiveFields;  ///< empty: the table of TT 02/2019/TT-BNV
  int auditDays = 30;                   ///< every byte is read at least this often
  double auditMegabytesPerSecond = 50;
};

/// The folders of one site, and its configuration.
class Site {
 public:
  /// Throws BatchError(siteMissing | siteConfig).
  static Site open(const std::filesystem::path& folder);
  /// Makes the folders, sohoa.toml and an empty repository; with `demo` also a demonstration PKI.
  /// Goes on where an earlier call was killed, if that was for the same kind of site. Throws
  /// BatchError(siteConfig) when the folder is in use, BatchError(siteBusy) when it is being made.
  static void create(const std::filesystem::path& folder, bool demo, const Clock& clock);

  const Config& config() const { return config_; }
  std::filesystem::path root() const { return root_; }
  std::filesystem::path intake() const { return root_ / "intake"; }
  std::filesystem::path review() const { return root_ / "review"; }
  std::filesystem::path quarantine() const { return root_ / "quarantine"; }
  std::filesystem::path repository() const { return root_ / "repository"; }
  std::filesystem::path state() const { return root_ / "state"; }
  std::filesystem::path batches() const { return state() / "batches"; }
  std::filesystem::path work() const { return state() / "work"; }
  /// Scans whose dossier is filed; nothing reads them again.
  std::filesystem::path processed() const { return state() / "processed"; }
  CatalogueStore catalogue() const {
    return {config_.catalogue, state() / "catalogue.sqlite"};
  }
  std::filesystem::path ledger() const { return state() / "ledger.jsonl"; }
  std::filesystem::path anchors() const { return state() / "anchors"; }
  std::filesystem::path pkcs12() const { return root_ / config_.signing.pkcs12; }
  std::filesystem::path trust() const { return root_ / config_.signing.trust; }

  /// The system's clock; on a demonstration site the time in $SOHOA_CLOCK when it is set, so that
  /// runs can be repeated to the byte.
  std::unique_ptr<Clock> clock() const;

 private:
  Site(std::filesystem::path root, Config config)
      : root_(std::move(root)), config_(std::move(config)) {}
  std::filesystem::path root_;
  Config config_;
};

/// Held for as long as a command changes the site. Released by the kernel when the process dies.
class SiteLock {
 public:
  /// `shared`: runs of several hosts may hold it together, no other command beside them.
  enum class Kind { alone, shared };
  /// Throws BatchError(siteBusy) when another process holds it.
  explicit SiteLock(const Site& site, Kind kind = Kind::alone);
  ~SiteLock();
  SiteLock(const SiteLock&) = delete;
  SiteLock& operator=(const SiteLock&) = delete;

  /// Of a shared lock: does `work` if nobody else holds it, and nobody else gets it meanwhile.
  void ifAlone(const std::function<void()>& work);

 private:
  std::string name_;
  int fd_ = -1;
};

}  // namespace sohoa

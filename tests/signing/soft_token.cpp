#include "tests/signing/soft_token.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

#include <cstdlib>
#include <stdexcept>

#include "tests/signing/test_services.h"
#include "tests/support/process.h"

namespace sohoa::test {
namespace {

void run(const std::vector<std::string>& command) {
  const CommandResult result = runCommand(command);
  if (!result.ok()) throw std::runtime_error(result.describe());
}

/// softhsm2-util imports keys only.
void addCertificate(const std::string& der, char id) {
  void* library = ::dlopen(SoftToken::kModule, RTLD_NOW);
  CK_FUNCTION_LIST* call = nullptr;
  reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"))(&call);
  call->C_Initialize(nullptr);
  CK_SLOT_ID slots[16];
  CK_ULONG count = 16;
  call->C_GetSlotList(CK_TRUE, slots, &count);
  CK_SESSION_HANDLE session = 0;
  call->C_OpenSession(slots[0], CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session);
  std::string pin = SoftToken::kPin;
  call->C_Login(session, CKU_USER, reinterpret_cast<CK_UTF8CHAR_PTR>(pin.data()), pin.size());
  CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
  CK_CERTIFICATE_TYPE type = CKC_X_509;
  CK_BBOOL yes = CK_TRUE;
  const Certificate read = certificateFromDer(der);
  unsigned char* subject = nullptr;
  const int size = i2d_X509_NAME(X509_get_subject_name(read.get()), &subject);
  std::string value = der;
  CK_ATTRIBUTE attributes[] = {{CKA_CLASS, &kind, sizeof kind},
                               {CKA_CERTIFICATE_TYPE, &type, sizeof type},
                               {CKA_TOKEN, &yes, sizeof yes},
                               {CKA_ID, &id, 1},
                               {CKA_SUBJECT, subject, static_cast<CK_ULONG>(size)},
                               {CKA_VALUE, value.data(), value.size()}};
  CK_OBJECT_HANDLE object = 0;
  const CK_RV code = call->C_CreateObject(session, attributes, 6, &object);
  OPENSSL_free(subject);
  call->C_Finalize(nullptr);
  ::dlclose(library);
  if (code != CKR_OK) throw std::runtime_error("C_CreateObject " + std::to_string(code));
}

}  // namespace

bool SoftToken::isInstalled() {
  return hasProgram("softhsm2-util") && std::filesystem::exists(kModule);
}

SoftToken::SoftToken(const std::vector<Identity>& identities, const Identity& ca) {
  spill(folder_ / "softhsm2.conf", "directories.tokendir = " + (folder_ / "tokens").string() +
                                       "\nobjectstore.backend = file\n");
  std::filesystem::create_directories(folder_ / "tokens");
  ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
  run({"softhsm2-util", "--init-token", "--free", "--label", "agency", "--so-pin", "1234", "--pin",
       kPin});
  int n = 1;
  for (const Identity& identity : identities) {
    const std::string number = std::to_string(n);
    spill(folder_ / "key.pem", keyPemOf(identity));
    run({"softhsm2-util", "--import", (folder_ / "key.pem").string(), "--token", "agency",
         "--label", "key" + number, "--id", "0" + number, "--pin", kPin});
    addCertificate(identity.der(), static_cast<char>(n));
    ++n;
  }
  addCertificate(ca.der(), '\x7f');
}

std::string SoftToken::uri(int n) const {
  return "pkcs11:token=agency;object=key" + std::to_string(n) + "?module-path=" + kModule;
}

void SoftToken::pull() { std::filesystem::rename(folder_ / "tokens", folder_ / "pulled"); }
void SoftToken::putBack() { std::filesystem::rename(folder_ / "pulled", folder_ / "tokens"); }

}  // namespace sohoa::test

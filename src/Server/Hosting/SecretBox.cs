using System.Security.Cryptography;
using System.Text;

namespace ChatOperator.Hosting;

/// <summary>
/// Encrypts what must not be readable in the database: AES-256-GCM under the installation's key.
/// Stored form: version byte 1, 12 bytes nonce, 16 bytes tag, ciphertext.
/// </summary>
internal sealed class SecretBox(byte[] key)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const byte Version = 1;

    /// <summary>A key of its own for another use of the installation's key, so that neither use can be turned against the other.</summary>
    public byte[] KeyFor(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(use));

    /// <param name="purpose">Bound to the ciphertext, so that a value copied to another row does not open there.</param>
    public byte[] Seal(string secret, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[1 + NonceSize + TagSize + plain.Length];
        sealedBytes[0] = Version;
        var nonce = sealedBytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(1 + NonceSize + TagSize), sealedBytes.AsSpan(1 + NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">The key is another one, the purpose differs, or the bytes were changed.</exception>
    public string Open(byte[] sealedBytes, string purpose)
    {
        if (sealedBytes.Length < 1 + NonceSize + TagSize || sealedBytes[0] != Version)
            throw new CryptographicException("Not a sealed secret of this version.");
        var plain = new byte[sealedBytes.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(
            sealedBytes.AsSpan(1, NonceSize), sealedBytes.AsSpan(1 + NonceSize + TagSize), sealedBytes.AsSpan(1 + NonceSize, TagSize),
            plain, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(plain);
    }
}

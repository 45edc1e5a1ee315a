using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CalCities.Collab.SignIn;

/// <summary>A device that holds one passkey (ES256, without attestation) and answers as Web Authentication has it, or wrongly where a test asks for that.</summary>
internal sealed class Authenticator(string origin) : IDisposable
{
    private static readonly string[] Transports = ["internal"];

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string user = "";

    /// <summary>The page's origin that the browser tells.</summary>
    public string Origin { get; set; } = origin;

    /// <summary>The name that the passkey is bound to.</summary>
    public string Domain { get; set; } = new Uri(origin).Host;

    /// <summary>Whether the page stands within another site's.</summary>
    public bool Framed { get; set; }

    /// <summary>Whether the device has checked who holds it (a finger, a PIN).</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Whether the device counts how often the key was used; those that share their keys among devices don't.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>How often it was used, as far as the device counts.</summary>
    public uint Used { get; set; }

    /// <summary>Whether it signs with its own key.</summary>
    public bool SignsRightly { get; set; } = true;

    public string Id => Base64Url.EncodeToString(id);

    /// <summary>Makes the passkey: what the page sends for these options.</summary>
    public string Make(JsonElement options)
    {
        user = options.GetProperty("user").GetProperty("id").GetString()!;
        var client = Client("webauthn.create", options);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. Data(attested: true), .. new byte[16], 0, (byte)id.Length, .. id, .. PublicKey()]);
        attestation.WriteEndMap();
        return Credential(new { clientDataJSON = Coded(client), attestationObject = Coded(attestation.Encode()), transports = Transports });
    }

    /// <summary>Answers with the passkey: what the page sends for these options.</summary>
    public string Answer(JsonElement options)
    {
        Used += Counts ? 1u : 0;
        var (client, data) = (Client("webauthn.get", options), Data(attested: false));
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = (SignsRightly ? key : another).SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Coded(client), authenticatorData = Coded(data), signature = Coded(signature), userHandle = user });
    }

    public void Dispose() => key.Dispose();

    private static string Coded(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private string Credential(object response) =>
        JsonSerializer.Serialize(new { id = Id, rawId = Id, type = "public-key", response, clientExtensionResults = new { }, authenticatorAttachment = "platform" });

    private byte[] Client(string type, JsonElement options) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = Framed }));

    private byte[] Data(bool attested)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(Domain), data);
        data[32] = (byte)(0x01 | (Verifies ? 0x04 : 0) | (attested ? 0x40 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), Used);
        return data;
    }

    private byte[] PublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }

        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }
}

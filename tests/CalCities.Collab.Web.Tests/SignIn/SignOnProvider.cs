using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CalCities.Collab.SignIn;

/// <summary>A small OpenID provider on loopback: discovery, keys, the code flow with PKCE, and ID tokens signed with RS256. It knows one person at a time.</summary>
public sealed class SignOnProvider : IAsyncDisposable
{
    public const string Client = "hub", Secret = "between us";

    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string Redirect)> codes = new(StringComparer.Ordinal);
    private readonly WebApplication app;

    private SignOnProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Text($$"""
            {
              "issuer": "{{Address}}", "authorization_endpoint": "{{Address}}/authorize", "token_endpoint": "{{Address}}/token", "jwks_uri": "{{Address}}/keys",
              "response_types_supported": ["code"], "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]
            }
            """, "application/json"));
        app.MapGet("/keys", () => key.ExportParameters(false) is var open
            ? Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "k1", n = Base64Url.EncodeToString(open.Modulus), e = Base64Url.EncodeToString(open.Exponent) } } })
            : null);
        app.MapGet("/authorize", (string client_id, string redirect_uri, string state, string nonce, string code_challenge, string code_challenge_method, string response_type) =>
        {
            if ((client_id, code_challenge_method, response_type) != (Client, "S256", "code"))
                return Results.BadRequest();
            var code = Guid.NewGuid().ToString("N");
            codes[code] = (nonce, code_challenge, redirect_uri);
            return Results.Redirect($"{redirect_uri}?code={code}&state={Uri.EscapeDataString(state)}");
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var proven = codes.TryRemove(form["code"].ToString(), out var asked) && Wrong != "code"
                && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == asked.Challenge
                && (form["client_id"].ToString(), form["client_secret"].ToString(), form["redirect_uri"].ToString()) == (Client, Secret, asked.Redirect);
            return proven
                ? Results.Json(new { access_token = "none", token_type = "Bearer", expires_in = 60, id_token = Token(asked.Nonce) })
                : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        });
    }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Who signs in, as claims.</summary>
    public IReadOnlyDictionary<string, object> Says { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>What is wrong with its tokens: "signature", "nonce", "no nonce", "audience", "late", "code", or nothing.</summary>
    public string Wrong { get; set; } = "";

    public static async Task<SignOnProvider> Start()
    {
        var provider = new SignOnProvider();
        await provider.app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private string Token(string nonce)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(Says, StringComparer.Ordinal)
        {
            ["iss"] = Address,
            ["aud"] = Wrong == "audience" ? "another" : Client,
            ["iat"] = Wrong == "late" ? now - 3_660 : now,
            ["exp"] = Wrong == "late" ? now - 3_600 : now + 60,
            ["nonce"] = Wrong == "nonce" ? "another" : nonce,
        };
        if (Wrong == "no nonce")
            claims.Remove("nonce");
        var signed = $"{Part(new { alg = "RS256", typ = "JWT", kid = "k1" })}.{Part(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (Wrong == "signature")
            signature[0] ^= 1;
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}

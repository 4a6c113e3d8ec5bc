import { type Agent, get } from 'node:http';

/** A GET that costs little: thousands of them are made. */
export function getJson(url: string, agent: Agent): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(body));
        else reject(new Error(`${url} answers ${response.statusCode} ${body}`));
      });
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
